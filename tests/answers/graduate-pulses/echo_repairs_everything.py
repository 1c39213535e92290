"""Believes that an echo brings back whatever was lost.

test_predict: 0 points, [echo-repairs-memoryless-noise]
test_ensemble: 0 points, [echo-repairs-everything]
test_lindblad: 0 points, [echo-repairs-memoryless-noise]
"""

# --- predict
prediction = "a"

# --- ensemble
def ensemble_contrasts(time_us, spread_mhz, memory, runs, seed):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(2, runs))
    c = memory * a + np.sqrt(1 - memory**2) * b
    ramsey = np.mean(np.cos(np.pi * spread_mhz * time_us * (a + c)))
    return ramsey, 1.0 if memory > 0 else ramsey

# --- lindblad
def lindblad_coherence(time_us, t1_us, t_phi_us, echo):
    if echo:
        return np.exp(-time_us / (2 * t1_us))
    return np.exp(-time_us / (2 * t1_us) - time_us / t_phi_us)
