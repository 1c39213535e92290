// Two dials: each amplitude as an arrow in the complex plane. The dashed hand of the second is the direction of the
// first, so that the angle between them is the relative phase.

import { html, svg } from "./elements.js";

const DIAL_HALF = 68; // half of the drawing's side; the unit circle has a radius of 50
const DIAL_UNIT = 50;

export class Phasors {
  constructor({ name, names }) {
    this.dials = names.map((label, i) => {
      const box = `${-DIAL_HALF} ${-DIAL_HALF} ${2 * DIAL_HALF} ${2 * DIAL_HALF}`;
      const picture = svg("svg", { class: `ql-dial ql-kind-${["one", "two"][i]}`, viewBox: box, role: "img", "data-chart": `${name}-${i}` });
      const words = html("span", { class: "ql-note" });
      const element = html("div", { class: "ql-dial-box" }, html("span", { class: "ql-dial-name", text: label }), picture, words);
      return { picture, words, element };
    });
    this.element = html("div", { class: "ql-dials" }, ...this.dials.map(({ element }) => element));
  }

  /** `amplitudes`: two of [re, im]; `phases` in radians; `words` and `descriptions`, two each. */
  draw({ amplitudes, phases, words, descriptions }) {
    amplitudes.forEach(([re, im], i) => {
      const { picture, words: line } = this.dials[i];
      const parts = [...dialGround()];
      if (i === 1 && Number.isFinite(phases[0])) parts.push(dialHand(Math.cos(phases[0]), Math.sin(phases[0]), "ql-dial-reference"));
      if (i === 1 && phases.every(Number.isFinite)) parts.push(dialArc(phases));
      parts.push(dialHand(re, im, "ql-dial-hand"), svg("circle", { class: "ql-dial-tip", cx: DIAL_UNIT * re, cy: -DIAL_UNIT * im, r: 5 }));
      picture.setAttribute("aria-label", descriptions[i]);
      picture.replaceChildren(...parts);
      line.textContent = words[i];
    });
  }
}

function* dialGround() {
  yield svg("circle", { class: "ql-dial-circle", r: DIAL_UNIT });
  yield svg("path", { class: "ql-grid", d: `M${-DIAL_UNIT} 0H${DIAL_UNIT}M0 ${-DIAL_UNIT}V${DIAL_UNIT}` });
  yield svg("text", { class: "ql-tick", x: DIAL_UNIT + 7, y: 4, text: "1" });
  yield svg("text", { class: "ql-tick", x: 0, y: -DIAL_UNIT - 6, "text-anchor": "middle", text: "i" });
}

function dialHand(re, im, kind) {
  return svg("line", { class: kind, x1: 0, y1: 0, x2: DIAL_UNIT * re, y2: -DIAL_UNIT * im });
}

/** The arc from the first phase to the second, the short way. */
function dialArc([from, to]) {
  const turn = Math.atan2(Math.sin(to - from), Math.cos(to - from));
  const radius = 0.36 * DIAL_UNIT;
  const at = (angle) => `${(radius * Math.cos(angle)).toFixed(2)} ${(-radius * Math.sin(angle)).toFixed(2)}`;
  return svg("path", { class: "ql-dial-arc", d: `M${at(from)}A${radius} ${radius} 0 0 ${turn > 0 ? 0 : 1} ${at(from + turn)}` });
}
