// Numbers in words, with a typographic minus and never a minus zero.

import { thousands } from "./language.js";

export function fixedNumber(value, digits = 3) {
  if (!Number.isFinite(value)) return "–";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212");
}

export function degrees(radians, digits = 1) {
  return Number.isFinite(radians) ? `${fixedNumber((180 * radians) / Math.PI, digits)}°` : "–";
}

export function vectorText(vector, digits = 3) {
  return `(${vector.map((part) => fixedNumber(part, digits)).join(", ")})`;
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A number with so many significant digits; from a hundredth to a million it is written out. */
export function scientific(value, digits = 3) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "–";
  if (value === 0) return "0";
  const [mantissa, power] = value.toExponential(digits - 1).split("e").map(Number);
  if (power >= 3 && power < 6) return thousands(Number(value.toPrecision(digits))).replace("-", "−");
  if (power >= -2 && power < 3) return String(Number(value.toPrecision(digits))).replace("-", "−");
  const raised = [...String(Math.abs(power))].map((digit) => RAISED[digit]).join("");
  return `${mantissa.toFixed(digits - 1)} × 10${power < 0 ? "⁻" : ""}${raised}`.replace(/^-/, "−");
}
