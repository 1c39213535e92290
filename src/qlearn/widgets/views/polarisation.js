// Signs for polarisation: a two-headed arrow along the electric field, a cross for a basis.

import { svg } from "./elements.js";

export const BASIS_SIGN = ["+", "×"];
const ANGLES = [[0, 90], [45, -45]];

/** Angle from the horizontal in degrees, counted as in physics: upwards is positive. */
export function angleOf({ basis, bit }) {
  return ANGLES[basis][bit];
}

export function arrow(state, half = 9) {
  const head = half * 0.45;
  const d = `M${-half} 0H${half}M${half - head} ${-head}L${half} 0L${half - head} ${head}M${head - half} ${-head}L${-half} 0L${head - half} ${head}`;
  return svg("path", { class: `ql-arrow ql-basis-${state.basis}`, d, transform: `rotate(${-angleOf(state)})` });
}

export function cross(basis, half = 7) {
  return svg("path", {
    class: `ql-arrow ql-basis-${basis}`,
    d: `M${-half} 0H${half}M0 ${-half}V${half}`,
    transform: basis ? "rotate(45)" : null,
  });
}

/** The same signs as small pictures between words. */
export function icon(shape, size = 24) {
  return svg("svg", { class: "ql-icon", viewBox: "-12 -12 24 24", width: size, height: size, "aria-hidden": "true" }, shape);
}
