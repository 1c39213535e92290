// Clicks behind a Mach-Zehnder interferometer, drawn fresh from P(D0) = (1 + cos(marker) cos(phase)) / 2.
// qlearn/widgets/interferometer_clicks.py holds the same in NumPy, and a test holds both to qlearn.physics.interference.

import { uniform } from "./random.js";

export const PHASE_STEP = 15;
/** The settings of the phase shifter, in degrees. */
export const PHASES = Array.from({ length: 360 / PHASE_STEP + 1 }, (_, i) => PHASE_STEP * i);

const RADIAN = Math.PI / 180;
const COSINES = PHASES.map((phase) => Math.cos(phase * RADIAN));
const TELLS_NOTHING = 1e-9; // the cosine of a quarter turn is not quite zero

/** Visibility that a marker leaves, and how well it tells the arms apart. */
export function markerVisibility(markerDeg) {
  return Math.sin((90 - markerDeg) * RADIAN);
}

export function markerDistinguishability(markerDeg) {
  return Math.sin(markerDeg * RADIAN);
}

/** Probability of a click at detector 0. */
export function chanceOfFirst(phaseDeg, markerDeg) {
  return (1 + markerVisibility(markerDeg) * Math.cos(phaseDeg * RADIAN)) / 2;
}

/** Error bar of `counted` out of `total` that is not zero where none or all were counted. */
export function fractionError(counted, total) {
  const share = (counted + 1) / (total + 2);
  return Math.sqrt((share * (1 - share)) / (total + 3));
}

/** Photons sent with one marker: how many at each phase, and how many of them reached detector 0. */
export class ClickRun {
  constructor(seed, markerDeg) {
    this.seed = seed;
    this.chances = PHASES.map((phase) => chanceOfFirst(phase, markerDeg));
    this.totals = PHASES.map(() => 0);
    this.firsts = PHASES.map(() => 0);
    this.photons = 0;
    this.last = null; // { setting, detector } of the latest photon
  }

  /** Send photons, one after another, at the phase PHASES[setting]; photon i of a run owns number i of its stream. */
  send(setting, photons) {
    for (let i = 0; i < photons; i += 1) {
      const detector = uniform(this.seed, this.photons) < this.chances[setting] ? 0 : 1;
      this.photons += 1;
      this.totals[setting] += 1;
      if (detector === 0) this.firsts[setting] += 1;
      this.last = { setting, detector };
    }
  }

  /** Go once through all phases and send so many photons at each. */
  scan(totals) {
    totals.forEach((photons, setting) => this.send(setting, photons));
  }

  /** Photons that reached detector 0 and detector 1. */
  get clicks() {
    const first = this.firsts.reduce((sum, count) => sum + count, 0);
    return [first, this.photons - first];
  }

  /** Share of clicks at detector 0 at a setting, and its error bar; NaN where none was sent. */
  shareAt(setting) {
    const [first, total] = [this.firsts[setting], this.totals[setting]];
    return { share: first / total, error: fractionError(first, total) };
  }

  /** The fringe's visibility and its standard error, by least squares; NaN where nothing tells. */
  get visibility() {
    const sum = (term) => PHASES.reduce((all, _, k) => all + term(COSINES[k], this.totals[k], this.firsts[k]), 0);
    const weight = sum((slope, total) => slope ** 2 * total);
    if (weight < TELLS_NOTHING) return { value: NaN, error: NaN };
    const variance = sum((slope, total, first) => (2 * slope * total * fractionError(first, total)) ** 2);
    return { value: sum((slope, total, first) => slope * (2 * first - total)) / weight, error: Math.sqrt(variance) / weight };
  }
}
