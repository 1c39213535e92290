// What happens to photon number `index` of a BB84 run: drawn fresh from the probabilities that Python supplies.
// Each photon owns eight numbers of the stream, so moving a slider asks "what if?" of the very same photons.

import { uniform } from "./random.js";

export const VERDICT = { LOST: "lost", DROPPED: "dropped", KEPT: "kept", ERROR: "error" };

/** Basis 0 is rectilinear (bit 0 H, bit 1 V), basis 1 diagonal (bit 0 +45 degrees, bit 1 -45 degrees). */
export function photonAt(index, { seed, intercepted, transmittance, probabilities: p }) {
  const draw = (slot) => uniform(seed, 8 * index + slot);
  const outcome = (sent, basis, slot) => Number(draw(slot) < p.outcome_one[sent.basis][sent.bit][basis]);
  const alice = { bit: Number(draw(0) < p.one), basis: Number(draw(1) >= p.rectilinear) };
  let eve = null;
  if (draw(2) < intercepted) {
    const basis = Number(draw(3) >= p.eve_rectilinear);
    eve = { basis, bit: outcome(alice, basis, 4) };
  }
  const arrives = draw(5) < transmittance;
  const basis = Number(draw(6) >= p.rectilinear);
  const bob = { basis, bit: arrives ? outcome(eve ?? alice, basis, 7) : null };
  let verdict = VERDICT.LOST;
  if (arrives && basis !== alice.basis) verdict = VERDICT.DROPPED;
  else if (arrives) verdict = bob.bit === alice.bit ? VERDICT.KEPT : VERDICT.ERROR;
  return { index, alice, eve, bob, verdict };
}

/** Counts of a run and its sifted keys, one photon after another. */
export class PhotonRun {
  constructor(settings) {
    this.settings = settings;
    this.sent = 0;
    this.intercepted = 0;
    this.arrived = 0;
    this.kept = [];
    this.errorsAfter = [0];
  }

  get keptCount() {
    return this.kept.length;
  }

  get errors() {
    return this.errorsAfter.at(-1);
  }

  get errorRate() {
    return this.keptCount ? this.errors / this.keptCount : NaN;
  }

  /** Binomial standard error, as `qlearn.physics.qkd.bb84` defines it. */
  get standardError() {
    return Math.sqrt((this.errorRate * (1 - this.errorRate)) / this.keptCount);
  }

  get expectedErrorRate() {
    return this.settings.intercepted * this.settings.probabilities.full_interception_error_rate;
  }

  detectionAfter(bits) {
    return -Math.expm1(bits * Math.log1p(-this.expectedErrorRate));
  }

  next() {
    return photonAt(this.sent, this.settings);
  }

  add() {
    const photon = this.next();
    this.sent += 1;
    if (photon.eve) this.intercepted += 1;
    if (photon.verdict !== VERDICT.LOST) this.arrived += 1;
    if (photon.verdict === VERDICT.KEPT || photon.verdict === VERDICT.ERROR) {
      this.kept.push(photon.index);
      this.errorsAfter.push(this.errors + Number(photon.verdict === VERDICT.ERROR));
    }
    return photon;
  }

  counts() {
    const { sent, intercepted, arrived, keptCount: kept, errors } = this;
    return { sent, intercepted, arrived, kept, errors };
  }
}
