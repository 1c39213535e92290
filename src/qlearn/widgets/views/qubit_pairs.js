// Pairs of polarised photons by their Bloch components in the plane of linear polarisation, x (D or A) and z (H or V):
// each side's mean answers and the four correlations. Closed forms; a test compares them with qlearn.physics.

const DEGREE = Math.PI / 180;

/** A pair from its four correlations, written [[xx, xz], [zx, zz]], and both sides' means [x, z]. */
function pair(matrix, alice, bob, concurrence) {
  return { matrix, alice, bob, concurrence };
}

const KINDS_OF_PAIRS = {
  bell: () => pair([[1, 0], [0, 1]], [0, 0], [0, 0], 1),
  separate: (degrees) => {
    const [x, z] = axisOf(degrees);
    return pair([[x * x, x * z], [z * x, z * z]], [x, z], [x, z], 0);
  },
  partly: (degrees) => {
    const [x, z] = axisOf(degrees);
    return pair([[x, 0], [0, 1]], [0, z], [0, z], Math.abs(x));
  },
  noisy: (visibility) => pair([[visibility, 0], [0, visibility]], [0, 0], [0, 0], Math.max(0, (3 * visibility - 1) / 2)),
  blurred: (coherence) => pair([[coherence, 0], [0, 1]], [0, 0], [0, 0], coherence),
};

/** Axis [x, z] on the Bloch sphere of an analyser at a real angle. */
export function axisOf(degrees) {
  return [Math.sin(2 * degrees * DEGREE), Math.cos(2 * degrees * DEGREE)];
}

/** A pair of a kind: "bell", "separate" or "partly" (degrees), "noisy" (visibility), "blurred" (coherence). */
export function pairOf(kind, parameter) {
  return KINDS_OF_PAIRS[kind](parameter);
}

/** The same answers to H or V on both sides, but drawn beforehand: all that is left is what H and V show. */
export function coinCopy({ matrix, alice, bob }) {
  return pair([[0, 0], [0, matrix[1][1]]], [0, alice[1]], [0, bob[1]], 0);
}

export function correlationOf({ matrix: [[xx, xz], [zx, zz]] }, aliceDegrees, bobDegrees) {
  const [ax, az] = axisOf(aliceDegrees);
  const [bx, bz] = axisOf(bobDegrees);
  return ax * (xx * bx + xz * bz) + az * (zx * bx + zz * bz);
}

/** Mean answer of each side alone, [Alice's, Bob's]. */
export function meansOf({ alice, bob }, aliceDegrees, bobDegrees) {
  const along = ([x, z], degrees) => x * axisOf(degrees)[0] + z * axisOf(degrees)[1];
  return [along(alice, aliceDegrees), along(bob, bobDegrees)];
}

/** Chances of ++, +-, -+ and --. */
export function jointOf(one, aliceDegrees, bobDegrees) {
  const both = correlationOf(one, aliceDegrees, bobDegrees);
  const [a, b] = meansOf(one, aliceDegrees, bobDegrees);
  return [[1, 1], [1, -1], [-1, 1], [-1, -1]].map(([s, t]) => Math.max(0, (1 + s * a + t * b + s * t * both) / 4));
}

export function covarianceOf(one, aliceDegrees, bobDegrees) {
  const [a, b] = meansOf(one, aliceDegrees, bobDegrees);
  return correlationOf(one, aliceDegrees, bobDegrees) - a * b;
}

/** Sizes of the correlations for H or V and for D or A on both sides, added: at most 1 without entanglement. */
export function correlationSum({ matrix }) {
  return Math.abs(matrix[0][0]) + Math.abs(matrix[1][1]);
}

/** Correlations on a square lattice of both angles, rows of rising Bob's angle, for a heat map. */
export function correlationMap(one, angles) {
  return angles.flatMap((bob) => angles.map((alice) => correlationOf(one, alice, bob)));
}
