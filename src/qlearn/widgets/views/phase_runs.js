// Estimates of a phase from counted photons, drawn fresh: each is the mean signal of some runs over the fringe's slope.

import { drawBinomial, drawNormal } from "./binomial.js";
import { squeezedMoments } from "./phase_limits.js";
import { uniform } from "./random.js";

/**
 * Errors of `experiments` estimates in radians, each from `runs` runs of `n` photons at the steepest point, and how many
 * runs told something: all of them, but for a GHZ state only those that arrive complete.
 */
export function drawEstimates(seed, experiments, { strategy, n, eta, decibels, runs }) {
  const errors = new Float64Array(experiments);
  let telling = 0;
  for (let i = 0; i < experiments; i += 1) {
    const [one, other] = [uniform(seed, 2 * i), uniform(seed, 2 * i + 1)];
    if (strategy === "squeezed") {
      const top = squeezedMoments(n, decibels, eta, 0).mean;
      const { variance } = squeezedMoments(n, decibels, eta, Math.PI / 2);
      errors[i] = (drawNormal(one, other) * Math.sqrt(variance / runs)) / top;
      telling += runs;
    } else {
      const [survive, folds, trials] = strategy === "product" ? [eta, 1, n * runs] : [eta ** n, n, runs];
      const plus = drawBinomial(one, trials, survive / 2);
      const minus = drawBinomial(other, trials - plus, survive / 2 / (1 - survive / 2));
      errors[i] = (minus - plus) / trials / (folds * survive);
      telling += strategy === "product" ? runs : plus + minus;
    }
  }
  return { errors, telling };
}

/** Standard deviation of estimates about the true phase, which is known here, and that number's own standard error. */
export function spreadOf(errors) {
  const squares = errors.map((error) => error ** 2);
  const mean = squares.reduce((sum, square) => sum + square, 0) / errors.length;
  const scatter = squares.reduce((sum, square) => sum + (square - mean) ** 2, 0) / (errors.length - 1);
  const spread = Math.sqrt(mean);
  return { spread, error: spread > 0 ? Math.sqrt(scatter / errors.length) / (2 * spread) : NaN };
}

/** Distance between neighbouring estimates, which are whole counts over a slope; 0 where they are not counted. */
export function latticeStep({ strategy, n, eta, runs }) {
  if (strategy === "squeezed") return 0;
  return strategy === "product" ? 1 / (n * runs * eta) : 1 / (runs * n * eta ** n);
}

/**
 * Counts of values in about `bins` equal bins about 0 that fit into -reach to reach, and how many lie outside. A bin holds
 * an odd number of the steps in which values come, so that none falls on an edge and all bins hold as many.
 */
export function histogramOf(values, reach, bins, step = 0) {
  const wanted = (2 * reach) / bins;
  const isCounted = step > 0 && step < 2 * reach;
  const width = isCounted ? step * (2 * Math.floor(wanted / step / 2) + 1) : wanted;
  const half = Math.max(0, Math.floor(reach / width - 0.5));
  const counts = new Array(2 * half + 1).fill(0);
  let outside = 0;
  for (const value of values) {
    const bin = Math.round(value / width) + half;
    if (bin >= 0 && bin < counts.length) counts[bin] += 1;
    else outside += 1;
  }
  return { counts, outside, width, from: -(half + 0.5) * width };
}
