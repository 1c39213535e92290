// The overlapping Allan deviation, as in qlearn.physics.sensors.allan; a test compares.

/** Points [{ factor, deviation, error }] at 1, 2, 4 ... samples averaged, up to half of the record. */
export function allanCurve(frequencies) {
  const samples = frequencies.length;
  const mean = frequencies.reduce((sum, value) => sum + value, 0) / samples;
  const phases = new Float64Array(samples + 1);
  for (let i = 0; i < samples; i += 1) phases[i + 1] = phases[i] + frequencies[i] - mean;
  const points = [];
  for (let factor = 1; 2 * factor <= samples; factor *= 2) {
    const deviation = deviationOf(phases, factor);
    points.push({ factor, deviation, error: deviation / Math.sqrt(2 * whiteFreedom(samples, factor)) });
  }
  return points;
}

function deviationOf(phases, factor) {
  const places = phases.length - 2 * factor;
  let sum = 0;
  for (let i = 0; i < places; i += 1) sum += (phases[i + 2 * factor] - 2 * phases[i + factor] + phases[i]) ** 2;
  return Math.sqrt(sum / places / 2) / factor;
}

/** Equivalent degrees of freedom for white frequency noise. */
export function whiteFreedom(samples, factor) {
  const phases = samples + 1;
  const square = 4 * factor ** 2;
  return Math.max(1, ((3 * samples) / (2 * factor) - (2 * (phases - 2)) / phases) * (square / (square + 5)));
}
