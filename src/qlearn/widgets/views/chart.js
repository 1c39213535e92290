// A line chart with an uncertainty band, drawn in SVG so that the page's colours and zoom apply to it.

import { html, svg } from "./elements.js";
import { thousands } from "./language.js";

const MARGIN = { top: 10, right: 26, bottom: 40, left: 46 };
const DIGIT = 7.5; // pixels, wide enough for any font at the ticks' size

export function decades(from, to) {
  const ticks = [];
  for (let tick = from; tick <= to * 1.0001; tick *= 10) ticks.push(tick);
  return ticks;
}

/**
 * A chart in `holder`. `draw` takes:
 *   x: { from, to, label }, logarithmic, a tick each decade;  y: { to, step, label }, linear from 0, in parts of one;
 *   band: [[x, low, high], ...];  lines: [{ points: [[x, y], ...], kind }];  mark: { x, y, error }, or null.
 */
export class Chart {
  constructor(holder, { height = 190, name }) {
    this.height = height;
    this.picture = svg("svg", { class: "ql-chart", role: "img", "data-chart": name, height });
    this.holder = holder;
    holder.append(this.picture);
    this.measure();
  }

  /** Fit the chart to its holder; to be called when the page's width changes. */
  measure() {
    this.width = Math.max(240, this.holder.clientWidth - 20);
    this.picture.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
  }

  draw({ x, y, band = [], lines, mark, description }) {
    const right = this.width - MARGIN.right;
    const bottom = this.height - MARGIN.bottom;
    const span = Math.log(x.to / x.from);
    const atX = (value) => MARGIN.left + ((right - MARGIN.left) * Math.log(value / x.from)) / span;
    const atY = (value) => bottom - ((bottom - MARGIN.top) * Math.min(Math.max(value, 0), y.to)) / y.to;
    const path = (points) => points.map(([a, b], i) => `${i ? "L" : "M"}${atX(a).toFixed(1)} ${atY(b).toFixed(1)}`).join("");
    const parts = [...this.axes({ x, y, atX, atY, right, bottom })];
    if (band.length) {
      const up = band.map(([a, , high]) => [a, high]);
      const down = band.map(([a, low]) => [a, low]).reverse();
      parts.push(svg("path", { class: "ql-band", d: `${path([...up, ...down])}Z` }));
    }
    for (const { points: all, kind } of lines) {
      const points = all.filter(([, height]) => height <= y.to);
      if (points.length) parts.push(svg("path", { class: `ql-line ql-${kind}`, d: path(points) }));
    }
    if (mark) parts.push(...this.mark(mark, atX, atY));
    this.picture.setAttribute("aria-label", description);
    this.picture.replaceChildren(...parts);
  }

  *axes({ x, y, atX, atY, right, bottom }) {
    for (let tick = 0; tick <= y.to + 1e-9; tick += y.step) {
      const at = atY(tick);
      yield svg("line", { class: "ql-grid", x1: MARGIN.left, x2: right, y1: at, y2: at });
      yield svg("text", { class: "ql-tick", x: MARGIN.left - 6, y: at + 4, "text-anchor": "end", text: `${Math.round(100 * tick)} %` });
    }
    // from the right, so that the last decade always has its number; those that would run into the next have none
    let free = Infinity;
    for (const tick of decades(x.from, x.to).reverse()) {
      const text = thousands(Math.round(tick));
      const half = (DIGIT * text.length) / 2;
      const at = Math.min(atX(tick), this.width - half);
      yield svg("line", { class: "ql-axis", x1: atX(tick), x2: atX(tick), y1: bottom, y2: bottom + 4 });
      if (at + half > free) continue;
      free = at - half - 4;
      yield svg("text", { class: "ql-tick", x: at, y: bottom + 17, "text-anchor": "middle", text });
    }
    yield svg("line", { class: "ql-axis", x1: MARGIN.left, x2: right, y1: bottom, y2: bottom });
    yield svg("text", { class: "ql-tick", x: (MARGIN.left + right) / 2, y: bottom + 34, "text-anchor": "middle", text: x.label });
  }

  *mark({ x, y, error }, atX, atY) {
    if (error) {
      yield svg("path", { class: "ql-error-bar", d: `M${atX(x)} ${atY(y - error)}V${atY(y + error)}m-5 0h10M${atX(x) - 5} ${atY(y - error)}h10` });
    }
    yield svg("circle", { class: "ql-mark", cx: atX(x), cy: atY(y), r: 5 });
  }
}

/** A figure with a heading, a large number and a chart under it. */
export function chartPanel(heading, name) {
  const number = html("strong", { class: "ql-number", "data-value": name });
  const note = html("span", { class: "ql-note" });
  const element = html("figure", { class: "ql-panel" }, html("figcaption", {}, html("span", { text: heading }), number, note));
  return { element, number, note, chart: new Chart(element, { name }) };
}
