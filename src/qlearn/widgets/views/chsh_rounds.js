// Rounds of the CHSH game, drawn fresh: questions by fair coins, answers from the pair's correlation V cos 2(a - b).
// qlearn/widgets/chsh_rounds.py holds the same in NumPy, and a test holds both to qlearn.physics.bell.

import { mix32, uniform } from "./random.js";

const NUMBERS_PER_ROUND = 4;
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

/** Seed of a run: every setting of the dials gets rounds of its own. */
export function seedOfRun(seed, run) {
  return mix32(mix32(seed) ^ (run + 1));
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
    this.rounds = 0;
    this.wins = 0;
    this.asked = [0, 0, 0, 0];
    this.equal = [0, 0, 0, 0];
    this.valueAfter = [NaN];
  }

  add(rounds) {
    for (let i = 0; i < rounds; i += 1) this.addOne();
  }

  addOne() {
    const { x, y, a, b } = roundAt(this.rounds, this.seed, this.settings);
    this.asked[2 * x + y] += 1;
    this.equal[2 * x + y] += Number(a === b);
    this.wins += Number(winsRound(x, y, a === b));
    this.rounds += 1;
    this.valueAfter.push(this.value);
  }

  get last() {
    return this.rounds ? roundAt(this.rounds - 1, this.seed, this.settings) : null;
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
