// Bars with error bars, in SVG, their values written above them.

import { svg } from "./elements.js";
import { scaleOf } from "./scale.js";

const BARS_MARGIN = { top: 24, right: 8, bottom: 26, left: 46 };

/** Bars in `holder`; `draw` takes bars: [{ label, value, error, kind, text }], y: { from, to, format, ticks }, description. */
export class Bars {
  constructor(holder, { height = 170, name }) {
    this.height = height;
    this.holder = holder;
    this.picture = svg("svg", { class: "ql-chart ql-bars", role: "img", "data-chart": name, height });
    holder.append(this.picture);
    this.measure();
  }

  /** Fit to the holder; to be called when the page's width changes. */
  measure() {
    this.width = Math.max(160, this.holder.clientWidth - 20);
    this.picture.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
  }

  draw({ bars, y, description }) {
    const bottom = this.height - BARS_MARGIN.bottom;
    const right = this.width - BARS_MARGIN.right;
    const up = scaleOf({ from: 0, ...y }, bottom, BARS_MARGIN.top);
    const parts = up.ticks.flatMap((tick) => [
      svg("line", { class: "ql-grid", x1: BARS_MARGIN.left, x2: right, y1: up.at(tick), y2: up.at(tick) }),
      svg("text", { class: "ql-tick", x: BARS_MARGIN.left - 6, y: up.at(tick) + 4, "text-anchor": "end", text: up.format(tick) }),
    ]);
    const room = (right - BARS_MARGIN.left) / bars.length;
    bars.forEach((bar, i) => parts.push(...barColumn(bar, BARS_MARGIN.left + (i + 0.5) * room, room, up, bottom)));
    this.picture.setAttribute("aria-label", description);
    this.picture.replaceChildren(...parts);
  }
}

function* barColumn({ label, value, error, kind = "one", text }, middle, room, up, bottom) {
  const wide = Math.min(64, 0.62 * room);
  const zero = up.within(0);
  const top = up.within(value);
  const box = { x: middle - wide / 2, width: wide, y: Math.min(top, zero), height: Math.abs(zero - top), rx: 3 };
  yield svg("rect", { class: `ql-column ql-kind-${kind}`, ...box });
  let free = Math.min(top, zero);
  if (error > 0) {
    const [low, high] = [up.within(value - error), up.within(value + error)];
    yield svg("path", { class: "ql-error-bar", d: `M${middle} ${low}V${high}m-5 0h10M${middle - 5} ${low}h10` });
    free = Math.min(free, high);
  }
  if (text) yield svg("text", { class: "ql-column-value", x: middle, y: free - 6, "text-anchor": "middle", text });
  yield svg("text", { class: "ql-tick", x: middle, y: bottom + 18, "text-anchor": "middle", text: label });
}
