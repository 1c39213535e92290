// One qubit: amplitudes, gates as 2 by 2 complex matrices that come from Python, and the way of its Bloch vector.
// A state is [[re, im], [re, im]], the amplitudes of |0> and |1>; qlearn/widgets/circuit.py reads the same circuits.

export const GROUND_STATE = [[1, 0], [0, 0]];
const UNIT_AXES = { Rx: [1, 0, 0], Ry: [0, 1, 0], Rz: [0, 0, 1], G: [0, 0, 1] };
const PAULIS = ["X", "Y", "Z"];
const NOTHING = 1e-9;

/** "Ry(60) T" as [{ name: "Ry", degrees: 60 }, { name: "T", degrees: null }]. */
export function parseCircuit(text) {
  return text.split(/\s+/).filter(Boolean).map((word) => {
    const [, name, angle] = word.match(/^(\w+?)(?:\(([-+.\d]+)\))?$/);
    return { name, degrees: angle === undefined ? null : Number(angle) };
  });
}

export function writeCircuit(steps) {
  return steps.map(({ name, degrees: angle }) => (angle === null ? name : `${name}(${angle})`)).join(" ");
}

function product([a, b], [c, d]) {
  return [a * c - b * d, a * d + b * c];
}

function sum([a, b], [c, d]) {
  return [a + c, b + d];
}

export function applyMatrix(matrix, state) {
  return matrix.map(([left, right]) => sum(product(left, state[0]), product(right, state[1])));
}

/** Axis, angle (radians) and global phase of a step; a rotation keeps the angle it was asked for. */
export function turnOf({ name, degrees: given }, gates) {
  if (given === null) return gates[name];
  const angle = (given * Math.PI) / 180;
  return name === "G" ? { axis: UNIT_AXES.G, angle: 0, phase: angle } : { axis: UNIT_AXES[name], angle, phase: 0 };
}

/** Matrix of a part, 0 to 1, of a step: the turn by part of its angle, with part of its global phase. */
export function matrixOf(step, gates, part = 1) {
  if (step.degrees === null && part === 1) return gates[step.name].matrix;
  const { axis, angle, phase } = turnOf(step, gates);
  const [c, s] = [Math.cos((part * angle) / 2), Math.sin((part * angle) / 2)];
  const factor = [Math.cos(part * phase), Math.sin(part * phase)];
  return [0, 1].map((row) => [0, 1].map((column) => {
    // cos - i sin (n · σ)
    let entry = row === column ? [c, 0] : [0, 0];
    PAULIS.forEach((name, i) => (entry = sum(entry, product([0, -s * axis[i]], gates[name].matrix[row][column]))));
    return product(factor, entry);
  }));
}

export function stateAfter(steps, gates) {
  return steps.reduce((state, step) => applyMatrix(matrixOf(step, gates), state), GROUND_STATE);
}

export function blochOf([[a, b], [c, d]]) {
  return [2 * (a * c + b * d), 2 * (a * d - b * c), a * a + b * b - c * c - d * d];
}

/** Bloch vectors along the last `most` steps, the very last one only as far as `part`. */
export function trailOf(steps, gates, { most = 3, part = 1, points = 24 } = {}) {
  const first = Math.max(0, steps.length - most);
  let state = stateAfter(steps.slice(0, first), gates);
  const way = [blochOf(state)];
  steps.slice(first).forEach((step, i, shown) => {
    const end = i === shown.length - 1 ? part : 1;
    for (let k = 1; k <= points; k += 1) way.push(blochOf(applyMatrix(matrixOf(step, gates, (end * k) / points), state)));
    state = applyMatrix(matrixOf(step, gates), state);
  });
  return way;
}

/** Sizes, phases (radians; NaN where there is no amplitude), probabilities and the phase of |1> relative to |0>. */
export function amplitudesOf(state) {
  const sizes = state.map(([re, im]) => Math.hypot(re, im));
  const phases = state.map(([re, im], i) => (sizes[i] > NOTHING ? Math.atan2(im, re) : NaN));
  const turn = phases[1] - phases[0];
  return {
    sizes, phases, probabilities: sizes.map((size) => size * size),
    relative: Math.atan2(Math.sin(turn), Math.cos(turn)),
    global: Number.isNaN(phases[0]) ? phases[1] : phases[0],
  };
}

/**
 * What a step did: "nothing", "global" (both amplitudes times one phase), "relative" (the vector turned about z, the
 * probabilities stayed) or "moved"; with the phase of the first two.
 */
export function effectOf(before, after) {
  const overlap = sum(product([before[0][0], -before[0][1]], after[0]), product([before[1][0], -before[1][1]], after[1]));
  const phase = Math.atan2(overlap[1], overlap[0]);
  const [from, to] = [blochOf(before), blochOf(after)];
  if (from.every((part, i) => Math.abs(part - to[i]) < NOTHING)) return { kind: Math.abs(phase) < NOTHING ? "nothing" : "global", phase };
  return { kind: Math.abs(from[2] - to[2]) < NOTHING ? "relative" : "moved", phase };
}
