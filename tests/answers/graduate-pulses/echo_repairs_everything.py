"""Believes that an echo brings back whatever was lost, and lets the scatter tell the errors.

test_predict: 0 points, [echo-repairs-memoryless-noise]
test_ensemble: 0 points, [echo-repairs-everything]
test_lindblad: 0 points, [echo-repairs-memoryless-noise]
test_decays: 0 points, [errors-from-the-scatter]
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
def lindblad_vector(time_us, t1_us, t_phi_us, echo):
    if echo:
        return -np.exp(-time_us / (2 * t1_us)), 0, (1 - np.exp(-time_us / 2 / t1_us)) ** 2
    return np.exp(-time_us / (2 * t1_us) - time_us / t_phi_us), 0, 1 - np.exp(-time_us / t1_us)

# --- decays
def relative_fit(model, time_us, counts, shots):
    p = (counts + 1) / (shots + 2)
    values, covariance = curve_fit(model, time_us, counts / shots, [time_us.mean()], np.sqrt(p * (1 - p) / shots))
    return values[0], np.sqrt(covariance[0, 0])


def fit_t1(time_us, counts, shots):
    return relative_fit(decay_model, time_us, counts, shots)


def fit_echo(time_us, counts, shots):
    return relative_fit(echo_model, time_us, counts, shots)
