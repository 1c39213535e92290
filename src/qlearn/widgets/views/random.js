// Random numbers by counter: number i of a stream is a hash of (seed, i), so any photon can be drawn again alone.
// The constants are those of a low-bias 32-bit mixer found with hash-prospector (github.com/skeeto/hash-prospector);
// qlearn/widgets/photons.py holds the same in NumPy.

export function mix32(value) {
  let z = value | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/** Number `counter` of the stream `seed`: evenly spread over 0 to 1, 1 excluded. */
export function uniform(seed, counter) {
  return mix32(mix32(seed) + Math.imul(counter + 1, 0x9e3779b9)) / 4294967296;
}

/** Seed of a run: every setting of the dials gets draws of its own. */
export function seedOfRun(seed, run) {
  return mix32(mix32(seed) ^ (run + 1));
}

export function freshSeed() {
  return crypto.getRandomValues(new Uint32Array(1))[0];
}
