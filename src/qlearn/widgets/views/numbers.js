// Numbers in words, with a typographic minus and never a minus zero.

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
