"""Gives variances for standard errors, and adds independent errors without squaring them.

test_lindblad: 0 points, [half-turn-forgotten]
test_decays: 0 points, [variance-for-standard-error]
test_ramsey: 0 points, [variance-for-standard-error]
test_budget: 0 points, [errors-added-linearly]
"""

# --- lindblad
def lindblad_vector(time_us, t1_us, t_phi_us, echo):
    return np.exp(-time_us / (2 * t1_us) - time_us / t_phi_us), 0.0, 1 - np.exp(-time_us / t1_us)

# --- decays
def fit(model, time_us, counts, shots):
    p = (counts + 1) / (shots + 2)
    return curve_fit(model, time_us, counts / shots, [time_us.mean()], np.sqrt(p * (1 - p) / shots), absolute_sigma=True)


def fit_t1(time_us, counts, shots):
    values, covariance = fit(decay_model, time_us, counts, shots)
    return values[0], covariance[0, 0]


def fit_echo(time_us, counts, shots):
    values, covariance = fit(echo_model, time_us, counts, shots)
    return values[0], covariance[0, 0]

# --- ramsey
def fit_ramsey(time_us, counts, shots, set_detuning_mhz, t2_us):
    p = (counts + 1) / (shots + 2)
    (d, t), c = curve_fit(
        lambda time, d, t: ramsey_model(time, d, t2_us, t),
        time_us,
        counts / shots,
        [set_detuning_mhz, time_us[-1] / 3],
        np.sqrt(p * (1 - p) / shots),
        absolute_sigma=True,
    )
    return d, c[0, 0], t, c[1, 1]

# --- budget
def noise_budget(t1_us, t1_error_us, t2_us, t2_error_us, t2_star_us, t2_star_error_us):
    rate = 1 / t2_us - 1 / (2 * t1_us)
    error = t2_error_us / t2_us**2 + t1_error_us / (2 * t1_us**2)
    spread = 1000 / (np.sqrt(2) * np.pi * t2_star_us)
    return 1 / rate, error / rate**2, spread, spread * t2_star_error_us / t2_star_us
