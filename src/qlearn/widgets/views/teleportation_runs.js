// Teleportation runs, drawn fresh: a random qubit, Alice's outcome, and a test of Bob's qubit for what was sent.
// qlearn/widgets/teleportation_runs.py holds the same in NumPy, and a test holds both to qlearn.physics.teleportation.

import { uniform } from "./random.js";

const NUMBERS_PER_RUN = 4;
const TRAIL_STEP = 1.04;

/** What is left of each component of the Bloch vector after the right correction, for a pair of fidelity F. */
export function shrinkage(noise, pairFidelity) {
  if (noise === "phase") return [2 * pairFidelity - 1, 2 * pairFidelity - 1, 1];
  const visibility = (4 * pairFidelity - 1) / 3;
  return [visibility, visibility, visibility];
}

/** Component by component: shrinkages, or the signs of a Bell outcome or a correction. */
export function scaled(vector, ...factors) {
  return factors.reduce((left, factor) => left.map((part, i) => part * factor[i]), vector);
}

/** Chance that a qubit of Bloch vector `arrived` passes a test for the pure state of vector `sent`. */
export function fidelityOf(sent, arrived) {
  return (1 + sent.reduce((sum, part, i) => sum + part * arrived[i], 0)) / 2;
}

/** A point of the sphere from two numbers spread evenly over 0 to 1: the height is spread evenly, and the turn. */
export function spherePoint(height, turn) {
  const z = 1 - 2 * height;
  const across = Math.sqrt(Math.max(0, 1 - z * z));
  return [across * Math.cos(2 * Math.PI * turn), across * Math.sin(2 * Math.PI * turn), z];
}

/** Which of the four outcomes a number from 0 to 1 means: with these pairs all are equally likely. */
export function outcomeOf(number) {
  return Math.floor(4 * number);
}

/**
 * Run number `index`: what was sent, the outcome, and whether Bob's qubit passed the test. `signs` holds each outcome's
 * signs before the correction; without `told` Bob leaves his qubit as it is.
 */
export function teleportationRun(index, seed, { noise, pairFidelity, told, signs }) {
  const draw = (slot) => uniform(seed, NUMBERS_PER_RUN * index + slot);
  const sent = spherePoint(draw(0), draw(1));
  const outcome = outcomeOf(draw(2));
  const arrived = scaled(sent, shrinkage(noise, pairFidelity));
  const held = told ? arrived : scaled(arrived, signs[outcome]);
  return { sent, outcome, passed: draw(3) < fidelityOf(sent, held) };
}

/** Counts over many runs. */
export class TeleportationRuns {
  constructor(seed, settings) {
    this.seed = seed;
    this.settings = settings;
    this.runs = 0;
    this.passed = 0;
    this.trail = []; // [runs, part that passed], ever further apart, for a line on a logarithmic axis
    this.nextMark = 1;
  }

  add(runs) {
    const last = this.runs + runs;
    for (let i = this.runs; i < last; i += 1) {
      this.passed += Number(teleportationRun(i, this.seed, this.settings).passed);
      this.runs = i + 1;
      if (this.runs < this.nextMark) continue;
      this.trail.push([this.runs, this.mean]);
      this.nextMark = Math.max(this.runs + 1, Math.round(this.runs * TRAIL_STEP));
    }
  }

  get mean() {
    return this.passed / this.runs;
  }

  get standardError() {
    return Math.sqrt((this.mean * (1 - this.mean)) / this.runs);
  }

  /** Mean fidelity that physics expects: over the sphere, and without the bits over the outcomes too. */
  get expected() {
    const { noise, pairFidelity, told } = this.settings;
    if (!told) return 0.5;
    return (1 + shrinkage(noise, pairFidelity).reduce((sum, part) => sum + part, 0) / 3) / 2;
  }
}
