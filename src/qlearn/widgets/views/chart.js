// A line chart with uncertainty bands, drawn in SVG so that the page's colours and zoom apply to it.

import { html, svg } from "./elements.js";
import { scaleOf } from "./scale.js";

const MARGIN = { top: 10, right: 26, bottom: 40, left: 50 };
const DIGIT = 7.5; // pixels, wide enough for any font at the ticks' size
const LEAST_WIDTH = 220;

/**
 * A chart in `holder`. `draw` takes:
 *   x, y: { from, to, label, scale: "linear" or "log", format(value), ticks }; the last three may be left out;
 *   bands: [{ points: [[x, low, high], ...], kind }];  lines: [{ points: [[x, y], ...], kind, label }], a line is broken
 *   where a point is missing (NaN) or outside;  marks: [{ x, y, error, kind, label }];  description: its words.
 */
export class Chart {
  constructor(holder, { height = 190, name }) {
    this.height = height;
    this.picture = svg("svg", { class: "ql-chart", role: "img", "data-chart": name, height });
    this.keys = html("ul", { class: "ql-keys-of-lines" });
    this.holder = holder;
    this.shownKeys = "";
    holder.append(this.picture, this.keys);
    this.measure();
  }

  /** Fit the chart to its holder; to be called when the page's width changes. */
  measure() {
    this.width = Math.max(LEAST_WIDTH, this.holder.clientWidth - 20);
    this.picture.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
  }

  draw({ x, y, bands = [], lines = [], marks = [], description }) {
    const right = this.width - MARGIN.right;
    const bottom = this.height - MARGIN.bottom;
    const across = scaleOf(x, MARGIN.left, right);
    const up = scaleOf(y, bottom, MARGIN.top);
    const parts = [...this.axes(x, y, across, up, right, bottom)];
    for (const { points, kind } of bands) parts.push(chartBand(points, kind, across, up));
    for (const { points, kind } of lines) parts.push(chartLine(points, kind, across, up));
    for (const mark of marks) if (across.holds(mark.x) && up.holds(mark.y)) parts.push(...this.mark(mark, across, up));
    this.picture.setAttribute("aria-label", description);
    this.picture.replaceChildren(...parts);
    this.showKeys(lines);
  }

  *axes(x, y, across, up, right, bottom) {
    for (const tick of up.ticks) {
      const at = up.at(tick);
      yield svg("line", { class: "ql-grid", x1: MARGIN.left, x2: right, y1: at, y2: at });
      yield svg("text", { class: "ql-tick", x: MARGIN.left - 6, y: at + 4, "text-anchor": "end", text: up.format(tick) });
    }
    const names = this.tickNames(across);
    const step = stepWithoutOverlap(names);
    for (const [i, { text, at, half }] of names.entries()) {
      const place = across.at(across.ticks[i]);
      yield svg("line", { class: "ql-axis", x1: place, x2: place, y1: bottom, y2: bottom + 4 });
      // counted from the right, so that the last tick always has its number
      if ((names.length - 1 - i) % step === 0) yield svg("text", { class: "ql-tick", x: at, y: bottom + 17, "text-anchor": "middle", text });
    }
    yield svg("line", { class: "ql-axis", x1: MARGIN.left, x2: right, y1: bottom, y2: bottom });
    yield svg("text", { class: "ql-tick", x: (MARGIN.left + right) / 2, y: bottom + 34, "text-anchor": "middle", text: x.label });
  }

  tickNames(across) {
    return across.ticks.map((tick) => {
      const text = across.format(tick);
      const half = (DIGIT * text.length) / 2;
      return { text, half, at: Math.min(across.at(tick), this.width - half) };
    });
  }

  *mark({ x, y, error, kind = "seen", label }, across, up) {
    const [at, height] = [across.at(x), up.at(y)];
    if (error > 0) {
      const [low, high] = [up.within(y - error), up.within(y + error)];
      yield svg("path", { class: `ql-error-bar ql-kind-${kind}`, d: `M${at} ${low}V${high}m-5 0h10M${at - 5} ${low}h10` });
    }
    yield svg("circle", { class: `ql-mark ql-kind-${kind}`, cx: at, cy: height, r: 5 });
    if (label) {
      const left = at > this.width / 2;
      yield svg("text", { class: "ql-column-value", x: at + (left ? -9 : 9), y: height - 8, "text-anchor": left ? "end" : "start", text: label });
    }
  }

  /** Name the lines that have a label, each beside a piece of its line. */
  showKeys(lines) {
    const named = lines.filter(({ label }) => label);
    const wanted = named.map(({ kind, label }) => `${kind} ${label}`).join("\n");
    if (wanted === this.shownKeys) return;
    this.shownKeys = wanted;
    this.keys.replaceChildren(...named.map(({ kind, label }) => {
      const piece = svg("line", { class: `ql-line ql-kind-${kind}`, x1: 0, x2: 26, y1: 7, y2: 7 });
      return html("li", {}, svg("svg", { width: 26, height: 14, "aria-hidden": "true" }, piece), html("span", { text: label }));
    }));
  }
}

/** The least step, 1 for every tick, at which no written tick runs into the next. */
function stepWithoutOverlap(names) {
  for (let step = 1; step < names.length; step += 1) {
    const written = names.filter((_, i) => (names.length - 1 - i) % step === 0);
    const clear = written.every(({ at, half }, i) => i === 0 || written[i - 1].at + written[i - 1].half + 4 <= at - half);
    if (clear) return step;
  }
  return Math.max(1, names.length);
}

function chartLine(points, kind, across, up) {
  let path = "";
  let pen = "M";
  for (const [x, y] of points) {
    if (across.holds(x) && up.holds(y)) {
      path += `${pen}${across.at(x).toFixed(1)} ${up.at(y).toFixed(1)}`;
      pen = "L";
    } else pen = "M";
  }
  return svg("path", { class: `ql-line ql-kind-${kind}`, d: path });
}

function chartBand(points, kind, across, up) {
  const inside = points.filter(([x, low, high]) => across.holds(x) && Number.isFinite(low) && Number.isFinite(high));
  const edge = (x, y) => `${across.at(x).toFixed(1)} ${up.within(y).toFixed(1)}`;
  const there = inside.map(([x, , high]) => edge(x, high));
  const back = inside.map(([x, low]) => edge(x, low)).reverse();
  const path = inside.length ? `M${[...there, ...back].join("L")}Z` : "";
  return svg("path", { class: `ql-band ql-kind-${kind}`, d: path });
}

/** A figure with a heading, a large number and a chart under it. */
export function chartPanel(heading, name, { height = 190 } = {}) {
  const { element, number, note } = panel(heading, name);
  return { element, number, note, chart: new Chart(element, { name, height }) };
}

/** A figure with a heading and a large number, for any drawing. */
export function panel(heading, name) {
  const number = html("strong", { class: "ql-number", "data-value": name });
  const note = html("span", { class: "ql-note" });
  const element = html("figure", { class: "ql-panel" }, html("figcaption", {}, html("span", { text: heading }), number, note));
  return { element, number, note };
}
