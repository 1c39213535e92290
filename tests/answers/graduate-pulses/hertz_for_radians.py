"""Leaves out the 2π wherever a frequency becomes an angle.

test_models: 0 points, [hertz-for-radians]
test_ensemble: 0 points, [hertz-for-radians]
test_ramsey: 0 points, [angular-frequency-for-frequency]
test_budget: 0 points, [hertz-for-radians]
"""

# --- models
def decay_model(time_us, t1_us):
    return np.exp(-time_us / t1_us)


def echo_model(time_us, t2_us):
    return 0.5 + 0.5 * np.exp(-time_us / t2_us)


def ramsey_model(time_us, detuning_mhz, t2_us, t2_star_us):
    envelope = np.exp(-time_us / t2_us) * np.exp(-((time_us / t2_star_us) ** 2))
    return 0.5 + 0.5 * envelope * np.cos(detuning_mhz * time_us)

# --- ensemble
def ensemble_contrasts(time_us, spread_mhz, memory, runs, seed):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(2, runs))
    c = memory * a + np.sqrt(1 - memory**2) * b
    return np.mean(np.cos(spread_mhz * time_us / 2 * (a + c))), np.mean(np.cos(spread_mhz * time_us / 2 * (c - a)))

# --- ramsey
def fit_ramsey(time_us, counts, shots, set_detuning_mhz, t2_us):
    p = (counts + 1) / (shots + 2)
    v, c = curve_fit(
        lambda t, d, ts: ramsey_model(t, d, t2_us, ts),
        time_us,
        counts / shots,
        p0=[6.28 * set_detuning_mhz, max(time_us) / 3],
        sigma=np.sqrt(p * (1 - p) / shots),
        absolute_sigma=True,
    )
    return v[0], c[0, 0] ** 0.5, v[1], c[1, 1] ** 0.5

# --- budget
def noise_budget(t1_us, t1_error_us, t2_us, t2_error_us, t2_star_us, t2_star_error_us):
    rate = 1 / t2_us - 0.5 / t1_us
    error = np.sqrt((t2_error_us / t2_us**2) ** 2 + (0.5 * t1_error_us / t1_us**2) ** 2)
    spread = 1000 * np.sqrt(2) / t2_star_us
    return 1 / rate, error / rate**2, spread, spread * t2_star_error_us / t2_star_us
