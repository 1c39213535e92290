// How well N photons tell a phase, in closed form: independent ones, squeezed light, a GHZ (NOON) state, with loss. All
// are for one run. The formulas are those of qlearn.physics.sensors; a test compares them over the whole range.

const GOLDEN_PART = (Math.sqrt(5) - 1) / 2;
const SEARCH_STEPS = 44; // the place is known to 1e-8 dB then, the uncertainty there to all its digits

export function productUncertainty(n, eta) {
  return 1 / Math.sqrt(eta * n);
}

export function ghzUncertainty(n, eta) {
  return 1 / (n * eta ** (n / 2));
}

/** No state of N photons does better, whatever its entanglement. */
export function lossBound(n, eta) {
  return Math.sqrt((1 - eta) / (eta * n));
}

/** Mean and variance of the photon numbers' difference; N counts the laser's photons and the squeezed vacuum's. */
export function squeezedMoments(n, decibels, eta, phase) {
  const low = 10 ** (-decibels / 10);
  const squeezed = (low + 1 / low - 2) / 4;
  const laser = n - squeezed;
  const [cosine, sine] = [Math.cos(phase), Math.sin(phase)];
  const spread = (laser + 2 * squeezed * (squeezed + 1)) * cosine ** 2 + (laser * low + squeezed) * sine ** 2;
  return { mean: eta * (laser - squeezed) * cosine, variance: eta ** 2 * spread + eta * (1 - eta) * n };
}

/** Spread over slope at the steepest phase, where the moments above have cos = 0. */
export function squeezedUncertainty(n, decibels, eta) {
  const low = 10 ** (-decibels / 10);
  const squeezed = (low + 1 / low - 2) / 4;
  const laser = n - squeezed;
  return Math.sqrt(eta * (laser * low + squeezed) + (1 - eta) * n) / (Math.sqrt(eta) * Math.abs(laser - squeezed));
}

/** The squeezing that pays most, at most `mostDb`: photons spent on it are missing from the laser. */
export function bestSqueezing(n, eta, mostDb) {
  const half = 10 * Math.log10(1 + n + Math.sqrt(n ** 2 + 2 * n)); // here squeezed vacuum and laser are equally bright
  const most = Math.min(mostDb, half * (1 - 1e-9));
  const cost = (decibels) => squeezedUncertainty(n, decibels, eta);
  let [low, high] = [0, most];
  for (let i = 0; i < SEARCH_STEPS; i += 1) {
    const step = GOLDEN_PART * (high - low);
    if (cost(high - step) < cost(low + step)) high = low + step;
    else low = high - step;
  }
  return [0, most, (low + high) / 2].reduce((best, one) => (cost(one) < cost(best) ? one : best));
}

/** Uncertainty of one run with a strategy; squeezed light uses as much squeezing as pays. */
export function uncertaintyOf(strategy, n, eta, mostDb) {
  if (strategy === "product") return productUncertainty(n, eta);
  return strategy === "ghz" ? ghzUncertainty(n, eta) : squeezedUncertainty(n, bestSqueezing(n, eta, mostDb), eta);
}

/** Mean and variance of a run's signal, -1 to 1, in which every lost photon counts as 0. */
export function signalMoments(strategy, n, eta, decibels, phase) {
  if (strategy === "squeezed") {
    const { mean, variance } = squeezedMoments(n, decibels, eta, phase);
    return { mean: mean / n, variance: variance / n ** 2 };
  }
  const [survive, folds, copies] = strategy === "product" ? [eta, 1, n] : [eta ** n, n, 1];
  const mean = survive * Math.cos(folds * phase);
  return { mean, variance: (survive - mean ** 2) / copies };
}

/** The phase nearest to pi/2 at which the fringe is steepest. */
export function steepestPhase(strategy, n) {
  return strategy === "ghz" ? ((Math.floor((n - 1) / 2) + 0.5) * Math.PI) / n : Math.PI / 2;
}

/** Slope of the mean signal at its steepest phase, without its sign. */
export function steepestSlope(strategy, n, eta, decibels) {
  return Math.abs(signalMoments(strategy, n, eta, decibels, 0).mean) * (strategy === "ghz" ? n : 1);
}
