// Cascade on a short key, drawn fresh and told step by step: parities of blocks, bisection, going back to earlier passes.
// qlearn/widgets/parity_runs.py holds the same in Python, and a test holds both to the same steps.

import { seedOfRun, uniform } from "./random.js";

export const PASSES = 4;
const KEYS_STREAM = 0; // the shuffle of pass number p, counted from 0, has stream p
const HASH_STREAM = PASSES;

/** Steps of one run: [{ kind, pass, block, first, last, position, told, fresh }, ...]; passes and blocks count from 0. */
export class ParityRun {
  constructor(seed, { bits, rate, block }) {
    this.bits = bits;
    this.seed = seed;
    const stream = seedOfRun(seed, KEYS_STREAM);
    const draw = (slot, limit) => Array.from({ length: bits }, (_, i) => Number(uniform(stream, 2 * i + slot) < limit));
    this.alice = draw(0, 0.5);
    this.wrong = draw(1, rate);
    this.passes = Array.from({ length: PASSES }, (_, pass) => blocksOf(seed, pass, bits, Math.min(block * 2 ** pass, bits / 2)));
    this.steps = [];
    this.told = 0;
    this.correctAll();
  }

  correctAll() {
    const wrong = [...this.wrong];
    const known = new Set(); // parities that Alice has told already: to hear one again tells Eve nothing
    for (let pass = 0; pass < PASSES; pass += 1) {
      this.told += parityCount(this.passes, pass);
      this.note({ kind: "parities", pass });
      for (let odd = this.oddBlocks(wrong, pass)[0]; odd; [odd] = this.oddBlocks(wrong, pass)) wrong[this.bisect(wrong, known, odd)] = 0;
    }
    this.note({ kind: "verify", pass: PASSES - 1 });
  }

  /** Halve a block until one bit is left; gives its position. */
  bisect(wrong, known, { pass, block }) {
    const members = this.passes[pass][block];
    let [first, last] = [0, members.length];
    while (last - first > 1) {
      const middle = first + Math.ceil((last - first) / 2);
      const name = `${pass} ${block} ${first} ${middle}`;
      const fresh = !known.has(name);
      known.add(name);
      this.told += Number(fresh);
      const isFirst = isOdd(members.slice(first, middle), wrong);
      if (isFirst) last = middle;
      else first = middle;
      this.note({ kind: isFirst ? "first" : "second", pass, block, first, last, fresh });
    }
    this.note({ kind: "correct", pass, block, first, last, position: members[first] });
    return members[first];
  }

  note(step) {
    this.steps.push({ block: -1, first: 0, last: 0, position: -1, fresh: true, ...step, told: this.told });
  }

  /** Blocks of the passes up to `pass` whose parities differ, the earliest pass, and so the smallest block, first. */
  oddBlocks(wrong, pass) {
    return this.passes.slice(0, pass + 1).flatMap((blocks, number) =>
      blocks.flatMap((members, block) => (isOdd(members, wrong) ? [{ pass: number, block }] : [])));
  }

  /** What is known after so many steps: which bits are wrong, what was told, which told parities differ, what they hide. */
  after(count) {
    const wrong = [...this.wrong];
    const fixed = new Set();
    let pass = -1;
    for (const step of this.steps.slice(0, count)) {
      pass = Math.max(pass, step.pass);
      if (step.kind !== "correct") continue;
      wrong[step.position] = 0;
      fixed.add(step.position);
    }
    const odd = this.oddBlocks(wrong, pass);
    const shown = new Set(odd.flatMap((one) => this.passes[one.pass][one.block]));
    const left = sum(wrong);
    const hidden = wrong.filter((is, position) => is && !shown.has(position)).length;
    return { wrong, fixed, pass, odd, left, hidden, told: count ? this.steps[count - 1].told : 0, step: this.steps[count - 1] ?? null };
  }

  /** The number of steps after which a pass is done. */
  endOf(pass) {
    return this.steps.findIndex(({ kind, pass: number }) => (pass < PASSES - 1 ? kind === "parities" && number === pass + 1 : kind === "verify"));
  }

  /** The first bits of what hashing to `length` bits makes of Alice's key and of Bob's after some steps: [Alice's, Bob's]. */
  hashed({ wrong }, length, shown) {
    const stream = seedOfRun(this.seed, HASH_STREAM);
    const diagonals = Array.from({ length: this.bits + length - 1 }, (_, i) => Number(uniform(stream, i) < 0.5));
    const bob = this.alice.map((bit, i) => bit ^ wrong[i]);
    return [this.alice, bob].map((key) => toeplitzHash(key, diagonals, Math.min(length, shown)));
  }

  get errors() {
    return sum(this.wrong);
  }
}

/** Parities told at the start of a pass: of all blocks, but after the first pass the last one follows from the others. */
export function parityCount(passes, pass) {
  return passes[pass].length - Number(pass > 0);
}

function blocksOf(seed, pass, bits, size) {
  const order = Array.from({ length: bits }, (_, i) => i);
  if (pass > 0) {
    const stream = seedOfRun(seed, pass);
    const marks = order.map((i) => uniform(stream, i));
    order.sort((one, other) => marks[one] - marks[other]);
  }
  return Array.from({ length: Math.ceil(bits / size) }, (_, i) => order.slice(i * size, (i + 1) * size));
}

function isOdd(positions, bits) {
  return positions.reduce((parity, position) => parity ^ bits[position], 0) === 1;
}

function sum(bits) {
  return bits.reduce((total, bit) => total + bit, 0);
}

/** Uncertainty of a biased coin in bits. */
export function entropyOfCoin(chance) {
  return [chance, 1 - chance].reduce((total, part) => (part > 0 ? total - part * Math.log2(part) : total), 0);
}

/** Where the bits of a key go: the photons' and the correction's share for Eve, tag, margin, and what is left as secret. */
export function keyBudget({ bits, rate, told, digits }) {
  const safety = digits * Math.log2(10);
  const limit = bits * entropyOfCoin(rate);
  const tag = Math.ceil(safety);
  const left = Math.floor(bits - limit - told - tag - 2 * safety);
  return { limit, tag, margin: 2 * safety, secret: Math.max(0, left) };
}

/** The first `rows` bits of a Toeplitz matrix times a key, modulo 2; row i and column j hold diagonals[i - j + n - 1]. */
export function toeplitzHash(key, diagonals, rows) {
  return Array.from({ length: rows }, (_, i) => key.reduce((bit, value, j) => bit ^ (value & diagonals[i - j + key.length - 1]), 0));
}
