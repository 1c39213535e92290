// A time line of named segments, such as pulses and waits, with a hand that shows where in it we are.

import { svg } from "./elements.js";

const STRIP_HEIGHT = 66;
const LEAST_SEGMENT = 10; // pixels, so that a short pulse is still seen

/** A strip in `holder`; `draw` takes segments: [{ label, length, kind }], now (same unit as length), format, description. */
export class Strip {
  constructor(holder, { name }) {
    this.holder = holder;
    this.picture = svg("svg", { class: "ql-chart ql-time-strip", role: "img", "data-chart": name, height: STRIP_HEIGHT });
    holder.append(this.picture);
    this.measure();
  }

  measure() {
    this.width = Math.max(200, this.holder.clientWidth);
    this.picture.setAttribute("viewBox", `0 0 ${this.width} ${STRIP_HEIGHT}`);
  }

  draw({ segments, now = null, format = String, description }) {
    const total = segments.reduce((sum, { length }) => sum + length, 0) || 1;
    const free = this.width - 16 - LEAST_SEGMENT * segments.length;
    const parts = [];
    let [left, passed, hand] = [8, 0, null];
    for (const { label, length, kind = "one" } of segments) {
      const wide = LEAST_SEGMENT + (free * length) / total;
      parts.push(...stripSegment({ label, kind, left, wide }));
      if (now !== null && hand === null && now <= passed + length + 1e-12) {
        hand = left + (length ? (wide * (now - passed)) / length : 0);
      }
      [left, passed] = [left + wide, passed + length];
    }
    parts.push(svg("text", { class: "ql-tick", x: 8, y: STRIP_HEIGHT - 4, text: format(0) }));
    parts.push(svg("text", { class: "ql-tick", x: this.width - 8, y: STRIP_HEIGHT - 4, "text-anchor": "end", text: format(total) }));
    if (hand !== null) parts.push(svg("line", { class: "ql-now", x1: hand, x2: hand, y1: 2, y2: 48 }));
    this.picture.setAttribute("aria-label", description);
    this.picture.replaceChildren(...parts);
  }
}

function stripSegment({ label, kind, left, wide }) {
  const box = svg("rect", { class: `ql-segment ql-kind-${kind}`, x: left, y: 8, width: wide, height: 34, rx: 4 });
  if (wide < 8 * label.length + 6) return [box];
  const name = svg("text", { class: `ql-segment-name ql-kind-${kind}`, x: left + wide / 2, y: 30, "text-anchor": "middle", text: label });
  return [box, name];
}
