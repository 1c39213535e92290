// The lines of an NV centre from the grid that Python has computed, their spectrum, and the field read back from them.
// Frequencies are in MHz, fields in mT, as in the traits of nv_spectrum.py.

const SPREAD = [0, 0.08, 0.16, 0.26, 0.38, 0.5, 0.65, 0.85, 1.2, 1.8, 3, 5]; // points about a dip, in widths
const EVENLY = 160;
const SLACK = 2; // MHz squared: the grid's own error, as a field of 0.05 mT across the axis would have

/** Square of the cosine between a field of this direction and each axis. */
export function axialShares(axes, polar, azimuth) {
  const field = [Math.sin(polar) * Math.cos(azimuth), Math.sin(polar) * Math.sin(azimuth), Math.cos(polar)];
  return axes.map((axis) => Math.min(1, axis.reduce((sum, part, i) => sum + part * field[i], 0) ** 2));
}

/** Both lines of a centre from the grid's outputs; `d` is the splitting without a field at this temperature. */
export function linesFrom([shift, squared, lowerWeight, upperWeight], d) {
  const half = Math.sqrt(Math.max(0, squared)) / 2;
  return { lower: d + shift - half, upper: d + shift + half, splitting: 2 * half, lowerWeight, upperWeight };
}

/** Fluorescence relative to that without microwaves. */
export function fluorescence(frequency, centres, width, contrast) {
  const dip = (line, weight) => weight / (1 + ((2 * (frequency - line)) / width) ** 2);
  const dips = centres.reduce((sum, c) => sum + dip(c.lower, c.lowerWeight) + dip(c.upper, c.upperWeight), 0);
  return 1 - (contrast / centres.length) * dips;
}

/** Points of the spectrum between two frequencies, close together about the dips. */
export function spectrumPoints(from, to, centres, width, contrast) {
  const places = Array.from({ length: EVENLY + 1 }, (_, i) => from + ((to - from) * i) / EVENLY);
  for (const { lower, upper } of centres) {
    for (const line of [lower, upper]) for (const part of SPREAD) places.push(line - part * width, line + part * width);
  }
  const inside = places.filter((place) => place >= from && place <= to).sort((one, other) => one - other);
  return inside.map((place) => [place, fluorescence(place, centres, width, contrast)]);
}

/** Size of the field and its angle to the axis from both lines and D, or null where they fit no field. */
export function fieldFromLines(lower, upper, d, gamma) {
  const shift = (lower + upper) / 2 - d;
  const squared = ((upper - lower) ** 2 * 0.75 + shift * (2 * d + shift)) / 3;
  const ground = (-2 * shift) / 3;
  const across = (-ground * (ground + lower) * (ground + upper)) / d;
  if (squared < -SLACK || across < -SLACK || across > squared + SLACK) return null;
  const whole = Math.max(0, squared);
  const part = Math.min(Math.max(0, across), whole);
  return { field: Math.sqrt(whole) / gamma, angle: Math.atan2(Math.sqrt(part), Math.sqrt(whole - part)) };
}

/** Smallest field after one second, in mT, on the steepest slope of a dip of this depth. */
export function dipSensitivity(width, depth, photonsPerSecond, gamma) {
  return ((4 / (3 * Math.sqrt(3))) * width) / (gamma * depth * Math.sqrt(photonsPerSecond));
}
