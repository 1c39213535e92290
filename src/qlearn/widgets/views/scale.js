// Where a value lies along an axis, linear or logarithmic, and which values get a tick.

const ROUND_STEPS = [1, 2, 2.5, 5, 10];

/** Round values from `from` to `to`, about `wanted` of them. */
export function roundTicks(from, to, wanted = 5) {
  const rough = (to - from) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const distance = (part) => Math.abs(Math.log((part * power) / rough));
  const step = power * ROUND_STEPS.reduce((best, part) => (distance(part) < distance(best) ? part : best));
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}

/** Powers of ten from `from` to `to`; every second or third one when there are more than `most`. */
export function decades(from, to, most = 8) {
  const first = Math.ceil(Math.log10(from) - 1e-9);
  const last = Math.floor(Math.log10(to) + 1e-9);
  const step = Math.max(1, Math.ceil((last - first + 1) / most));
  const ticks = [];
  for (let power = last; power >= first; power -= step) ticks.unshift(10 ** power);
  return ticks;
}

/** A number with as many digits as its ticks need. */
export function plainNumber(value) {
  return String(Number(value.toPrecision(6))).replace("-", "\u2212");
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A power of ten as 10⁻³; small ones as plain numbers. */
export function powerOfTen(value) {
  const power = Math.round(Math.log10(value));
  if (power >= -1 && power <= 3) return plainNumber(value);
  const digits = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[digit]).join("");
  return `10${power < 0 ? "⁻" : ""}${digits}`;
}

/**
 * A scale from an axis { from, to, scale, ticks, format } to pixels `low` to `high`.
 * Gives at(value), within(value) kept to the ends, valueAt(pixel) likewise, holds(value), ticks and format.
 */
export function scaleOf({ from, to, scale = "linear", ticks, format }, low, high) {
  const isLog = scale === "log";
  const turn = isLog ? Math.log : (value) => value;
  const [start, span] = [turn(from), turn(to) - turn(from)];
  const at = (value) => low + ((high - low) * (turn(value) - start)) / span;
  // a share of the axis, so that a logarithmic one does not let everything below its foot in
  const holds = (value) => Math.abs((turn(value) - start) / span - 0.5) <= 0.5 + 1e-9;
  return {
    at,
    within: (value) => at(Math.min(Math.max(value, from), to)),
    valueAt: (pixel) => {
      const value = start + (span * Math.min(Math.max((pixel - low) / (high - low), 0), 1));
      return isLog ? Math.exp(value) : value;
    },
    holds: (value) => Number.isFinite(value) && (!isLog || value > 0) && holds(value),
    ticks: ticks ?? (isLog ? decades(from, to) : roundTicks(from, to)),
    format: format ?? (isLog ? powerOfTen : plainNumber),
  };
}
