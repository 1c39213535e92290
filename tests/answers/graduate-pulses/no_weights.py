"""Fits without the errors of the points, returns the start value, and mixes detunings without the root.

test_ensemble: 0 points, [correlated-without-the-root]
test_decays: 0 points, [weights-forgotten]
test_ramsey: 0 points, [start-value-returned]
test_budget: 0 points, [root-of-two-forgotten]
"""

# --- ensemble
def ensemble_contrasts(time_us, spread_mhz, memory, runs, seed):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(2, runs))
    c = memory * a + (1 - memory) * b
    angle = np.pi * spread_mhz * time_us
    return np.mean(np.cos(angle * (c + a))), np.mean(np.cos(angle * (c - a)))

# --- decays
def fit_t1(time_us, counts, shots):
    v, c = curve_fit(decay_model, time_us, counts / shots, p0=[30])
    return v[0], np.sqrt(c[0, 0])


def fit_echo(time_us, counts, shots):
    v, c = curve_fit(echo_model, time_us, counts / shots, p0=[30])
    return v[0], np.sqrt(c[0, 0])

# --- ramsey
def fit_ramsey(time_us, counts, shots, set_detuning_mhz, t2_us):
    v, c = curve_fit(
        lambda time, t: ramsey_model(time, set_detuning_mhz, t2_us, t), time_us, counts / shots, [time_us[-1] / 3]
    )
    return set_detuning_mhz, 0.0, v[0], np.sqrt(c[0, 0])

# --- budget
def noise_budget(t1_us, t1_error_us, t2_us, t2_error_us, t2_star_us, t2_star_error_us):
    rate = 1 / t2_us - 1 / (2 * t1_us)
    error = np.hypot(t2_error_us / t2_us**2, t1_error_us / (2 * t1_us**2))
    spread = 1000 / (2 * np.pi * t2_star_us)
    return 1 / rate, error / rate**2, spread, spread * t2_star_error_us / t2_star_us
