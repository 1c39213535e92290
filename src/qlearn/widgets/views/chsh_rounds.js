// Rounds of the CHSH game, drawn fresh: questions by fair coins, answers from the pair's correlation V cos 2(a - b).
// qlearn/widgets/chsh_rounds.py holds the same in NumPy, and a test holds both to qlearn.physics.bell.

import { uniform } from "./random.js";

const NUMBERS_PER_ROUND = 4;
const TRAIL_STEP = 1.04;
export const QUESTION_PAIRS = [[0, 0], [0, 1], [1, 0], [1, 1]];

export function correlator(aliceDeg, bobDeg, visibility) {
  return visibility * Math.cos((2 * (aliceDeg - bobDeg) * Math.PI) / 180);
}

/** The four correlators in the order of QUESTION_PAIRS. */
export function expectedCorrelators({ alice, bob, visibility }) {
  return QUESTION_PAIRS.map(([x, y]) => correlator(alice[x], bob[y], visibility));
}

export function chshOf(correlators) {
  return correlators[0] + correlators[1] + correlators[2] - correlators[3];
}

/** Equal answers win, except when both are asked question 1. */
export function winsRound(x, y, isEqual) {
  return isEqual !== (x === 1 && y === 1);
}

/** Products of a plan's answers in the order of QUESTION_PAIRS: what the correlators of a plan are, with no error. */
export function planProducts(plan) {
  return QUESTION_PAIRS.map(([x, y]) => plan[x] * plan[2 + y]);
}

/** Round number `index`: questions x and y, answers a and b, where 0 means +1 and 1 means -1. */
export function roundAt(index, seed, { alice, bob, visibility }) {
  const draw = (slot) => uniform(seed, NUMBERS_PER_ROUND * index + slot);
  const x = Number(draw(0) >= 0.5);
  const y = Number(draw(1) >= 0.5);
  const isEqual = draw(2) < (1 + correlator(alice[x], bob[y], visibility)) / 2;
  const a = Number(draw(3) >= 0.5);
  return { x, y, a, b: isEqual ? a : 1 - a };
}

/** Counts of a run and what follows from them; formulas as in qlearn.physics.bell_statistics. */
export class ChshRun {
  constructor(seed, settings) {
    this.seed = seed;
    this.settings = settings;
    this.equalChance = expectedCorrelators(settings).map((mean) => (1 + mean) / 2);
    this.rounds = 0;
    this.asked = [0, 0, 0, 0];
    this.equal = [0, 0, 0, 0];
    this.trail = []; // [rounds, S], ever further apart, for a line on a logarithmic axis
    this.nextMark = 1;
  }

  add(rounds) {
    const last = this.rounds + rounds;
    for (let i = this.rounds; i < last; i += 1) {
      const pair = 2 * Number(uniform(this.seed, NUMBERS_PER_ROUND * i) >= 0.5) + Number(uniform(this.seed, NUMBERS_PER_ROUND * i + 1) >= 0.5);
      this.asked[pair] += 1;
      if (uniform(this.seed, NUMBERS_PER_ROUND * i + 2) < this.equalChance[pair]) this.equal[pair] += 1;
      this.rounds = i + 1;
      if (this.rounds < this.nextMark) continue;
      this.trail.push([this.rounds, this.value]);
      this.nextMark = Math.max(this.rounds + 1, Math.round(this.rounds * TRAIL_STEP));
    }
  }

  get last() {
    return this.rounds ? roundAt(this.rounds - 1, this.seed, this.settings) : null;
  }

  get wins() {
    return this.equal[0] + this.equal[1] + this.equal[2] + this.asked[3] - this.equal[3];
  }

  get correlators() {
    return this.asked.map((asked, i) => (2 * this.equal[i] - asked) / asked);
  }

  get correlatorErrors() {
    return this.correlators.map((mean, i) => Math.sqrt((1 - mean ** 2) / this.asked[i]));
  }

  get value() {
    return chshOf(this.correlators);
  }

  get standardError() {
    return Math.hypot(...this.correlatorErrors);
  }

  /** Rounds that a plan of answers [alice 0, alice 1, bob 0, bob 1], each +1 or -1, would have won with these questions. */
  planWins(plan) {
    return QUESTION_PAIRS.reduce((sum, [x, y], i) => sum + (winsRound(x, y, plan[x] === plan[2 + y]) ? this.asked[i] : 0), 0);
  }
}
