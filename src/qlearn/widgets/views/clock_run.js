// A clock: an oscillator with flicker noise and drift, looks at its atoms on both sides of a Ramsey fringe, and a loop that
// steers. Offsets are in Hz, a look lasts a second. The formulas are those of qlearn.physics.sensors, and a test compares.

import { drawBinomial, drawNormal } from "./binomial.js";
import { uniform } from "./random.js";

const MEMORIES = Array.from({ length: 10 }, (_, i) => 4 ** i); // looks, of the relaxing processes that make flicker noise
const KEPT = MEMORIES.map((memory) => Math.exp(-1 / memory));

/** Probability of finding an atom excited with the oscillator `offset` Hz off and shifted a quarter fringe to a side. */
export function lookProbability(offset, ramsey, side = 0) {
  return (1 + Math.cos(2 * Math.PI * offset * ramsey + (side * Math.PI) / 2)) / 2;
}

/** Projection noise of one look at half height, in Hz. */
export function lookUncertainty(atoms, ramsey) {
  return 1 / (2 * Math.PI * ramsey * Math.sqrt(atoms));
}

/** Offset in Hz that two counted shares tell. */
export function estimateOffset(upper, lower, ramsey) {
  return (lower - upper) / (2 * Math.PI * ramsey);
}

/** The nearest fringe, 0 for the right one. */
export function fringeNumber(offset, ramsey) {
  return Math.round(offset * ramsey) + 0;
}

/** Flicker noise whose Allan deviation is flat at 1; look i of a stream is the same however many are asked for. */
export class FlickerNoise {
  constructor(seed) {
    this.seed = seed;
    this.states = null;
    this.values = [];
  }

  at(look) {
    while (this.values.length <= look) this.grow();
    return this.values[look] - this.values[0]; // somebody has tuned it at the first look
  }

  grow() {
    const from = 2 * MEMORIES.length * this.values.length;
    const draws = MEMORIES.map((_, i) => drawNormal(uniform(this.seed, from + 2 * i), uniform(this.seed, from + 2 * i + 1)));
    // begins in its stationary spread
    this.states = this.states === null ? draws : this.states.map((state, i) => KEPT[i] * state + Math.sqrt(1 - KEPT[i] ** 2) * draws[i]);
    this.values.push(this.states.reduce((sum, state) => sum + state, 0));
  }
}

/** A run of a clock, grown look by look. Even looks are on the upper side of the fringe, odd ones on the lower. */
export class ClockRun {
  constructor(noise, seed, { atoms, ramsey, gain, floor, drift }) {
    Object.assign(this, { noise, seed, atoms, ramsey, gain, floor, drift });
    this.free = [];
    this.locked = [];
    this.shares = [];
    this.correction = 0;
  }

  get looks() {
    return this.locked.length;
  }

  advance(looks) {
    for (let i = 0; i < looks; i += 1) this.look();
  }

  look() {
    const look = this.looks;
    const side = look % 2 === 0 ? 1 : -1;
    const free = this.floor * this.noise.at(look) + this.drift * look;
    const locked = free - this.correction;
    const chance = lookProbability(locked, this.ramsey, side);
    const share = drawBinomial(uniform(this.seed, look), this.atoms, chance) / this.atoms;
    this.free.push(free);
    this.locked.push(locked);
    this.shares.push(share);
    if (side < 0) this.correction += this.gain * estimateOffset(this.shares[look - 1], share, this.ramsey);
  }

  /** The last complete pair of looks: { upper, lower, estimate }, each look { offset, share }; null before there is one. */
  get pair() {
    const first = 2 * Math.floor(this.looks / 2) - 2;
    if (first < 0) return null;
    const [upper, lower] = [first, first + 1].map((look) => ({ offset: this.locked[look], share: this.shares[look] }));
    return { upper, lower, estimate: estimateOffset(upper.share, lower.share, this.ramsey) };
  }

  /** Mean offset over the later half of the run, NaN before there is one. */
  get meanOffset() {
    const later = this.locked.slice(Math.floor(this.looks / 2));
    return later.reduce((sum, offset) => sum + offset, 0) / later.length;
  }
}
