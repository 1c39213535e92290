// Bloch's equations solved exactly, for pulses, free flight and an ensemble of detunings: what
// qlearn.physics.dynamics does, in microseconds and rad per microsecond. A time constant of null is infinite.

const HALF_TURN = Math.PI;
const REACH = 5; // standard deviations on either side of the mean detuning
const MEMBERS = 41;
const SMALL = 0.5;
const ORDERS = 14;

export const NORTH_POLE = [0, 0, 1];

const rateOf = (time) => (time === null ? 0 : 1 / time);

/** Rates of relaxation and of the loss of coherence by memoryless noise: 1/T1 and 1/T2 = 1/(2 T1) + 1/T_phi. */
export function ratesOf({ t1, tPhi }) {
  return { relaxation: rateOf(t1), transverse: rateOf(t1) / 2 + rateOf(tPhi) };
}

/** Standard deviation of the detuning that leaves 1/e of the coherence after T2*. */
export function spreadOf(t2Star) {
  return Math.SQRT2 * rateOf(t2Star);
}

/** Evenly spaced detunings with the weights of a Gaussian; one alone when there is no spread. */
export function gaussianEnsemble(mean, spread, members = MEMBERS) {
  if (spread === 0) return [{ detuning: mean, weight: 1 }];
  const places = Array.from({ length: members }, (_, i) => -REACH + (2 * REACH * i) / (members - 1));
  const all = places.reduce((sum, place) => sum + Math.exp(-(place ** 2) / 2), 0);
  return places.map((place) => ({ detuning: mean + spread * place, weight: Math.exp(-(place ** 2) / 2) / all }));
}

/** A sequence as segments { time, rabi, phase, label, kind }; pulses last as long as the drive needs on resonance. */
export function sequenceOf(kind, { rabi, time }) {
  const pulse = (angle, phase, label) => ({ time: angle / rabi, rabi, phase, label, kind: "one" });
  const wait = (length) => ({ time: length, rabi: 0, phase: 0, label: "free", kind: "faint" });
  const quarter = pulse(HALF_TURN / 2, 0, "quarter");
  if (kind === "rabi") return [{ time, rabi, phase: 0, label: "drive", kind: "one" }];
  if (kind === "ramsey") return [quarter, wait(time), quarter];
  return [quarter, wait(time / 2), { ...pulse(HALF_TURN, HALF_TURN / 2, "half"), kind: "two" }, wait(time / 2), quarter];
}

export function durationOf(sequence) {
  return sequence.reduce((sum, { time }) => sum + time, 0);
}

/** The step r -> M r + c through a time of constant drive: exp of Bloch's generator, three rows of four numbers. */
export function blochStep({ rabi, phase }, detuning, rates, time) {
  if (rabi === 0) return freeStep(detuning, rates, time);
  const [x, y] = [rabi * Math.cos(phase) * time, rabi * Math.sin(phase) * time];
  const turn = detuning * time;
  const [lost, relaxed] = [rates.transverse * time, rates.relaxation * time];
  const size = Math.abs(x) + Math.abs(y) + Math.abs(turn) + lost + 2 * relaxed;
  const squarings = Math.max(0, Math.ceil(Math.log2(size / SMALL)));
  const exponent = Float64Array.of(-lost, -turn, y, 0, turn, -lost, -x, 0, -y, x, -relaxed, relaxed);
  for (let i = 0; i < 12; i += 1) exponent[i] /= 2 ** squarings;
  let [step, other] = [Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0), new Float64Array(12)];
  for (let order = ORDERS; order > 0; order -= 1) {
    affineProduct(other, exponent, step);
    for (let i = 0; i < 12; i += 1) other[i] = other[i] / order + (i % 5 === 0 ? 1 : 0);
    [step, other] = [other, step];
  }
  for (let i = 0; i < squarings; i += 1) {
    affineProduct(other, step, step);
    [step, other] = [other, step];
  }
  return step;
}

/** Free flight: a turn about z while the plane shrinks and z goes up to the pole. */
function freeStep(detuning, rates, time) {
  const decay = Math.exp(-rates.transverse * time);
  const c = decay * Math.cos(detuning * time);
  const s = decay * Math.sin(detuning * time);
  const lost = -Math.expm1(-rates.relaxation * time);
  return Float64Array.of(c, -s, 0, 0, s, c, 0, 0, 0, 0, 1 - lost, lost);
}

/** Write left times right into `out`; the last row of `right`, which is not kept, is (0, 0, 0, 1). */
function affineProduct(out, left, right) {
  for (let row = 0; row < 12; row += 4) {
    const a = left[row];
    const b = left[row + 1];
    const c = left[row + 2];
    out[row] = a * right[0] + b * right[4] + c * right[8];
    out[row + 1] = a * right[1] + b * right[5] + c * right[9];
    out[row + 2] = a * right[2] + b * right[6] + c * right[10];
    out[row + 3] = a * right[3] + b * right[7] + c * right[11] + left[row + 3];
  }
}

/** Move a vector in place. */
export function moveBy(m, r) {
  const x = r[0];
  const y = r[1];
  const z = r[2];
  r[0] = m[0] * x + m[1] * y + m[2] * z + m[3];
  r[1] = m[4] * x + m[5] * y + m[6] * z + m[7];
  r[2] = m[8] * x + m[9] * y + m[10] * z + m[11];
}

/** Bloch vectors of the members at one time of a sequence. */
export function vectorsAt(sequence, members, rates, time) {
  return members.map(({ detuning }) => {
    const vector = [...NORTH_POLE];
    let left = time;
    for (const segment of sequence) {
      const part = Math.min(left, segment.time);
      moveBy(blochStep(segment, detuning, rates, part), vector);
      left -= part;
      if (left <= 0) break;
    }
    return vector;
  });
}

export function weightedMean(vectors, members) {
  const mean = [0, 0, 0];
  vectors.forEach((vector, i) => vector.forEach((part, axis) => (mean[axis] += members[i].weight * part)));
  return mean;
}

/** The mean Bloch vector along a sequence: { times, vectors } at `points` steps of every segment, short pulses a fifth of that. */
export function meanWay(sequence, members, rates, points) {
  const counts = sequence.map(({ rabi, time }) => (time === 0 ? 0 : rabi && sequence.length > 1 ? Math.ceil(points / 5) : points));
  const times = [0];
  sequence.reduce((start, { time }, s) => {
    for (let k = 1; k <= counts[s]; k += 1) times.push(start + (time * k) / counts[s]);
    return start + time;
  }, 0);
  const sums = new Float64Array(3 * times.length);
  for (const member of members) addWay(sums, sequence, counts, member, rates);
  return { times, vectors: times.map((_, i) => [...sums.subarray(3 * i, 3 * i + 3)]) };
}

function addWay(sums, sequence, counts, { detuning, weight }, rates) {
  const vector = Float64Array.from(NORTH_POLE);
  let at = 0;
  const add = () => {
    sums[at] += weight * vector[0];
    sums[at + 1] += weight * vector[1];
    sums[at + 2] += weight * vector[2];
    at += 3;
  };
  add();
  sequence.forEach((segment, s) => {
    if (!counts[s]) return;
    const step = blochStep(segment, detuning, rates, segment.time / counts[s]);
    for (let k = 0; k < counts[s]; k += 1) {
      moveBy(step, vector);
      add();
    }
  });
}

/** P(1) at the end of a sequence for times 0, step, 2 step, ...: of its pulse (Rabi) or of its free time. */
export function signalOf(kind, { rabi }, members, rates, { step, count }) {
  const z = new Float64Array(count);
  const sequence = sequenceOf(kind, { rabi, time: 0 });
  for (const member of members) {
    if (kind === "rabi") addDriven(z, member, rates, rabi, step);
    else addFringe(z, member, rates, sequence, step);
  }
  return z.map((height) => (1 - height) / 2);
}

function addDriven(z, { detuning, weight }, rates, rabi, step) {
  const move = blochStep({ rabi, phase: 0 }, detuning, rates, step);
  const vector = Float64Array.from(NORTH_POLE);
  for (let i = 0; i < z.length; i += 1) {
    z[i] += weight * vector[2];
    moveBy(move, vector);
  }
}

/** The step of each pulse; the quarter turns at both ends are one segment, and are computed once. */
function pulseSteps(sequence, detuning, rates) {
  const made = new Map();
  return sequence.filter(({ rabi }) => rabi > 0).map((pulse) => {
    if (!made.has(pulse)) made.set(pulse, blochStep(pulse, detuning, rates, pulse.time));
    return made.get(pulse);
  });
}

/** Free flight is a turn about z with decay: in the plane a power of one complex number, along z a relaxation. */
function addFringe(z, { detuning, weight }, rates, sequence, step) {
  const pulses = pulseSteps(sequence, detuning, rates);
  const lag = step / (sequence.length - pulses.length);
  const decay = Math.exp(-rates.transverse * lag);
  const relax = Math.exp(-rates.relaxation * lag);
  const re = decay * Math.cos(detuning * lag);
  const im = decay * Math.sin(detuning * lag);
  const first = Float64Array.from(NORTH_POLE);
  moveBy(pulses[0], first);
  const vector = new Float64Array(3);
  let [c, s, kept] = [1, 0, 1];
  for (let i = 0; i < z.length; i += 1) {
    vector.set(first);
    for (let k = 1; k < pulses.length; k += 1) {
      const x = vector[0];
      vector[0] = c * x - s * vector[1];
      vector[1] = s * x + c * vector[1];
      vector[2] = 1 + (vector[2] - 1) * kept;
      moveBy(pulses[k], vector);
    }
    z[i] += weight * vector[2];
    const real = c * re - s * im;
    s = c * im + s * re;
    c = real;
    kept *= relax;
  }
}
