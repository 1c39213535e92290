"""Takes every decay for an exponential, and slow detunings for a Lorentzian line.

test_predict: 0 points, [gaussian-for-exponential]
test_models: 0 points, [exponential-for-gaussian]
test_ramsey: 0 points, [exponential-for-gaussian]
test_budget: 0 points, [exponential-for-gaussian]
"""

# --- predict
prediction = "e"

# --- models
def decay_model(time_us, t1_us):
    return np.exp(-time_us / t1_us)


def echo_model(time_us, t2_us):
    return (1 + np.exp(-time_us / t2_us)) / 2


def ramsey_model(time_us, detuning_mhz, t2_us, t2_star_us):
    rate = 1 / t2_us + 1 / t2_star_us
    return (1 + np.exp(-rate * time_us) * np.cos(2 * np.pi * detuning_mhz * time_us)) / 2

# --- budget
def noise_budget(t1_us, t1_error_us, t2_us, t2_error_us, t2_star_us, t2_star_error_us):
    rate = 1 / t2_us - 1 / (2 * t1_us)
    error = np.hypot(t2_error_us / t2_us**2, t1_error_us / (2 * t1_us**2))
    width = 1000 / (np.pi * t2_star_us)
    return 1 / rate, error / rate**2, width, width * t2_star_error_us / t2_star_us
