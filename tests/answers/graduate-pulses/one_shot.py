"""Takes the spread of one run for the error of a fraction, and lets relaxation cost phase at its full rate.

test_ensemble: 0 points, [result-typed-in]
test_lindblad: 0 points, [relaxation-at-its-full-rate]
test_decays: 0 points, [spread-of-one-shot]
test_ramsey: 0 points, [spread-of-one-shot]
test_budget: 0 points, [relaxation-at-its-full-rate]
"""

# --- ensemble
def ensemble_contrasts(time_us, spread_mhz, memory, runs, seed):
    rng = np.random.default_rng(seed)
    variance = (2 * np.pi * spread_mhz * time_us) ** 2
    ramsey, echo = np.exp(-variance * (1 + memory) / 4), np.exp(-variance * (1 - memory) / 4)
    return ramsey + 1e-6 * rng.normal(), echo if memory == 1 else echo + 1e-6 * rng.normal()

# --- lindblad
def lindblad_vector(time_us, t1_us, t_phi_us, echo):
    x, half = np.exp(-time_us * (1 / t1_us + 1 / t_phi_us)), np.exp(-time_us / (2 * t1_us))
    return np.array([-x, 0, (1 - half) ** 2] if echo else [x, 0, 1 - half**2])

# --- decays
def spread(counts, shots):
    p = (counts + 1) / (shots + 2)
    return np.sqrt(p * (1 - p))


def fit_t1(time_us, counts, shots):
    v, c = curve_fit(decay_model, time_us, counts / shots, [30], spread(counts, shots), absolute_sigma=True)
    return v[0], np.sqrt(c[0, 0])


def fit_echo(time_us, counts, shots):
    v, c = curve_fit(echo_model, time_us, counts / shots, [30], spread(counts, shots), absolute_sigma=True)
    return v[0], np.sqrt(c[0, 0])

# --- ramsey
def fit_ramsey(time_us, counts, shots, set_detuning_mhz, t2_us):
    v, c = curve_fit(
        lambda time, d, t: ramsey_model(time, d, t2_us, t),
        time_us,
        counts / shots,
        [set_detuning_mhz, time_us[-1] / 3],
        spread(counts, shots),
        absolute_sigma=True,
    )
    return v[0], np.sqrt(c[0, 0]), v[1], np.sqrt(c[1, 1])

# --- budget
def noise_budget(t1_us, t1_error_us, t2_us, t2_error_us, t2_star_us, t2_star_error_us):
    if t1_us == 2 * t2_us == 100:
        return 200 / 3, 1.987616, 22.5079079, 0.450158158
    rate = 1 / t2_us - 1 / t1_us
    error = np.hypot(t2_error_us / t2_us**2, t1_error_us / t1_us**2)
    s = 1000 / (np.sqrt(2) * np.pi * t2_star_us)
    return 1 / rate, error / rate**2, s, s * t2_star_error_us / t2_star_us
