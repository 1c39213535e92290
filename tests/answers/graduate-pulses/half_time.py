"""Confuses the half of the waiting time with the whole of it, and a matrix element with the vector.

test_models: 0 points, [half-time-for-whole]
test_ensemble: 0 points, [each-half-counted-whole]
test_lindblad: 0 points, [matrix-element-for-vector]
test_decays: 0 points, [half-time-for-whole]
test_ramsey: 0 points, [t2-left-free]
test_budget: 0 points, [width-for-standard-deviation]
"""

# --- models
def decay_model(time_us, t1_us):
    return np.exp(-time_us / t1_us)


def echo_model(time_us, t2_us):
    return (1 + np.exp(-time_us / 2 / t2_us)) / 2


def ramsey_model(time_us, detuning_mhz, t2_us, t2_star_us):
    contrast = np.exp(-time_us / t2_us - (time_us / t2_star_us) ** 2)
    return (1 + contrast * np.cos(2 * np.pi * detuning_mhz * time_us)) / 2

# --- ensemble
def ensemble_contrasts(time_us, spread_mhz, memory, runs, seed):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(2, runs))
    c = memory * a + np.sqrt(1 - memory**2) * b
    angle = 2 * np.pi * spread_mhz * time_us
    return np.mean(np.cos(angle * (c + a))), np.mean(np.cos(angle * (c - a)))

# --- lindblad
def lindblad_vector(time_us, t1_us, t_phi_us, echo):
    x = np.exp(-time_us / (2 * t1_us) - time_us / t_phi_us) / 2
    half = np.exp(-time_us / (2 * t1_us))
    return (-x, 0, (1 - half) ** 2) if echo else (x, 0, 1 - half**2)

# --- ramsey
def fit_ramsey(time_us, counts, shots, set_detuning_mhz, t2_us):
    p = (counts + 1) / (shots + 2)
    errors = np.sqrt(p * (1 - p) / shots)
    start = [set_detuning_mhz, t2_us, time_us[-1] / 3]
    v, c = curve_fit(ramsey_model, time_us, counts / shots, start, errors, absolute_sigma=True)
    return v[0], c[0, 0] ** 0.5, v[2], c[2, 2] ** 0.5

# --- budget
def noise_budget(t1_us, t1_error_us, t2_us, t2_error_us, t2_star_us, t2_star_error_us):
    rate = 1 / t2_us - 1 / (2 * t1_us)
    error = np.hypot(t2_error_us / t2_us**2, t1_error_us / (2 * t1_us**2))
    width = 1000 * 2 * np.sqrt(np.log(2)) / (np.pi * t2_star_us)
    return 1 / rate, error / rate**2, width, width * t2_star_error_us / t2_star_us
