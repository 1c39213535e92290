// Key rates of a fibre link in closed form: the formulas of qlearn.physics.qkd.decoy, number for number.
// A link is an object with that module's field names; a test compares every result with Python over all sliders.

const LN2 = Math.log(2);
const SIFTED = 0.5;
const BACKGROUND_ERROR = 0.5;
const SCANNED = 32;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

function entropyOfCoin(p) {
  return p <= 0 || p >= 1 ? 0 : -(p * Math.log(p) + (1 - p) * Math.log1p(-p)) / LN2;
}

/** Probability of two photons or more; written out it would lose its digits in a faint pulse. */
export function severalPhotons(mu) {
  if (mu < 1e-3) return mu * mu * (1 / 2 - mu * (1 / 3 - mu * (1 / 8 - mu * (1 / 30 - mu / 144))));
  return -Math.expm1(-mu) - mu * Math.exp(-mu);
}

function fibreLoss(link, km) {
  return 10 ** ((-link.loss_db_per_km * km) / 10);
}

function clicksOf(link, detected) {
  const dark = link.background_probability;
  const gain = dark + (1 - dark) * detected;
  const wrong = BACKGROUND_ERROR * dark + link.misalignment_error * (1 - dark) * detected;
  return { gain, error: wrong / gain };
}

/** The budget of a scheme that may count `untagged` clicks, of this error rate, as single photons. */
function budgetOf(link, km, { gain, error }, untagged, untaggedError, intensity) {
  const eta = link.detector_efficiency * fibreLoss(link, km);
  const single = clicksOf(link, eta);
  const leakage = SIFTED * link.error_correction_efficiency * gain * entropyOfCoin(error);
  const privacy = SIFTED * untagged * entropyOfCoin(untaggedError);
  const balance = SIFTED * untagged - privacy - leakage;
  const key = Math.max(0, balance);
  return {
    transmittance: eta, gain, error_rate: error, single_photon_yield: single.gain, single_photon_error_rate: single.error,
    untagged_gain: untagged, phase_error_rate: untaggedError, leakage, privacy_amplification: privacy, balance, intensity,
    secret_bits_per_pulse: key, secret_bits_per_second: key * link.clock_rate_hz,
  };
}

/** Weak laser pulses with infinitely many decoys. */
export function decoyKey(link, km, mu = link.intensity) {
  const eta = link.detector_efficiency * fibreLoss(link, km);
  const single = clicksOf(link, eta);
  return budgetOf(link, km, clicksOf(link, -Math.expm1(-mu * eta)), mu * Math.exp(-mu) * single.gain, single.error, mu);
}

/** Weak laser pulses without decoys, every pulse of several photons given to Eve. */
export function gllpKey(link, km, mu = link.intensity) {
  const eta = link.detector_efficiency * fibreLoss(link, km);
  const seen = clicksOf(link, -Math.expm1(-mu * eta));
  const untagged = Math.max(0, seen.gain - severalPhotons(mu));
  const untaggedError = untagged > 0 ? Math.min(0.5, (seen.error * seen.gain) / untagged) : 0.5;
  return budgetOf(link, km, seen, untagged, untaggedError, mu);
}

/** An ideal source of single photons. */
export function singlePhotonKey(link, km) {
  const single = clicksOf(link, link.detector_efficiency * fibreLoss(link, km));
  return budgetOf(link, km, single, single.gain, single.error, 1);
}

/** Most secret bits per pulse through the bare fibre without a repeater. */
export function fibreBound(link, km) {
  return -Math.log1p(-fibreLoss(link, km)) / LN2;
}

/** Intensity between two bounds with the largest balance: look around on a logarithmic scale, then close in. */
export function strongestIntensity(balanceOf, low, high) {
  const at = (i) => Math.exp(Math.log(low) + (Math.log(high / low) * i) / (SCANNED - 1));
  let peak = 0;
  let best = -Infinity;
  for (let i = 0; i < SCANNED; i += 1) {
    const balance = balanceOf(at(i));
    if (balance > best) [peak, best] = [i, balance];
  }
  let [left, right] = [Math.log(at(Math.max(0, peak - 1))), Math.log(at(Math.min(SCANNED - 1, peak + 1)))];
  let [inner, outer] = [right - GOLDEN * (right - left), left + GOLDEN * (right - left)];
  let [one, two] = [balanceOf(Math.exp(inner)), balanceOf(Math.exp(outer))];
  while (right - left > 1e-5) {
    if (one > two) {
      [right, outer, two] = [outer, inner, one];
      inner = right - GOLDEN * (right - left);
      one = balanceOf(Math.exp(inner));
    } else {
      [left, inner, one] = [inner, outer, two];
      outer = left + GOLDEN * (right - left);
      two = balanceOf(Math.exp(outer));
    }
  }
  return Math.exp((left + right) / 2);
}

/**
 * Without decoys, at the intensity that suits the distance: it follows the transmittance. Where no intensity gives a key,
 * the one that comes nearest for each click; the balance for each pulse would choose to send hardly any light.
 */
export function bestGllpKey(link, km) {
  const eta = link.detector_efficiency * fibreLoss(link, km);
  const best = (worth) => gllpKey(link, km, strongestIntensity((mu) => worth(gllpKey(link, km, mu)), 0.002 * eta, 1.5 * eta));
  const key = best(({ balance }) => balance);
  return key.balance > 0 ? key : best(({ balance, gain }) => balance / gain);
}

/** The best intensity of a laser with decoys at this distance, within the range of the slider. */
export function bestDecoyIntensity(link, km, low, high) {
  return strongestIntensity((mu) => decoyKey(link, km, mu).balance, low, high);
}

/**
 * Points [km, bits per pulse] of a scheme from 0 to `to`, ending where the key does: the last one is found by halving,
 * so that the curve falls to its foot and not to the sample before it.
 */
export function keyCurve(keyAt, to, steps) {
  const points = [];
  for (let i = 0; i <= steps; i += 1) {
    const km = (to * i) / steps;
    const key = keyAt(km);
    if (key > 0) points.push([km, key]);
    else {
      if (points.length) points.push(...footOf(keyAt, points.at(-1)[0], km));
      break;
    }
  }
  return points;
}

function footOf(keyAt, with_key, without) {
  const foot = [];
  let [near, far] = [with_key, without];
  for (let i = 0; i < 24; i += 1) {
    const middle = (near + far) / 2;
    const key = keyAt(middle);
    if (key > 0) {
      near = middle;
      foot.push([middle, key]);
    } else far = middle;
  }
  return foot;
}
