"""A right answer that fits rates and weighs by the fitted curve, draws correlated pairs, and solves the master equation."""

# --- models
def decay_model(time_us, t1_us):
    return np.power(np.e, np.asarray(time_us) / -t1_us)


def echo_model(time_us, t2_us):
    return np.cosh(time_us / t2_us / 2) * np.exp(-time_us / t2_us / 2)


def ramsey_model(time_us, detuning_mhz, t2_us, t2_star_us):
    spread = np.sqrt(2) / t2_star_us
    amplitude = np.exp(-time_us / t2_us) * np.exp(-((spread * time_us) ** 2) / 2)
    return 0.5 + 0.5 * np.real(amplitude * np.exp(2j * np.pi * detuning_mhz * time_us))

# --- ensemble
def ensemble_contrasts(time_us, spread_mhz, memory, runs, seed):
    rng = np.random.default_rng(seed + 1)
    detunings = rng.multivariate_normal([0, 0], spread_mhz**2 * np.array([[1, memory], [memory, 1]]), size=runs)
    phases = 2 * np.pi * detunings * time_us / 2
    return np.array([np.cos(phases.sum(axis=1)).mean(), np.cos(phases[:, 0] - phases[:, 1]).mean()])

# --- lindblad
def lindblad_vector(time_us, t1_us, t_phi_us, echo):
    liouvillian = qutip.liouvillian(None, [qutip.sigmap() / np.sqrt(t1_us), qutip.sigmaz() / np.sqrt(2 * t_phi_us)])
    half = (liouvillian * (time_us / 2)).expm()
    middle = qutip.to_super(qutip.sigmay()) if echo else qutip.to_super(qutip.qeye(2))
    start = qutip.operator_to_vector(qutip.Qobj([[0.5, 0.5], [0.5, 0.5]]))
    end = qutip.vector_to_operator(half * middle * half * start)
    matrix = end.full()
    return np.array([2 * matrix[0, 1].real, -2 * matrix[0, 1].imag, (matrix[0, 0] - matrix[1, 1]).real])

# --- decays
def weighed_twice(model, time_us, counts, shots, start):
    share = np.clip(counts / shots, 1 / shots, 1 - 1 / shots)
    for _ in range(3):
        errors = np.sqrt(share * (1 - share) / shots)
        values, covariance = curve_fit(model, time_us, counts / shots, p0=start, sigma=errors, absolute_sigma=True)
        share = np.clip(model(time_us, *values), 0.3 / shots, 1 - 0.3 / shots)
    return values, np.sqrt(np.diag(covariance))


def fit_t1(time_us, counts, shots):
    rate, error = weighed_twice(lambda t, r: np.exp(-r * t), time_us, counts, shots, [4 / time_us[-1]])
    return 1 / rate[0], error[0] / rate[0] ** 2


def fit_echo(time_us, counts, shots):
    rate, error = weighed_twice(lambda t, r: 0.5 + 0.5 * np.exp(-r * t), time_us, counts, shots, [4 / time_us[-1]])
    return 1 / rate[0], error[0] / rate[0] ** 2

# --- ramsey
def fit_ramsey(time_us, counts, shots, set_detuning_mhz, t2_us):
    def model(t, turn, spread):
        return 0.5 + 0.5 * np.exp(-t / t2_us - spread**2 * t**2 / 2) * np.cos(turn * t)

    start = [2 * np.pi * set_detuning_mhz, -4 / time_us[-1]]
    (turn, spread), errors = weighed_twice(model, time_us, counts, shots, start)
    t2_star = np.sqrt(2) / spread
    return abs(turn) / (2 * np.pi), errors[0] / (2 * np.pi), t2_star, t2_star * errors[1] / spread

# --- budget
def noise_budget(t1_us, t1_error_us, t2_us, t2_error_us, t2_star_us, t2_star_error_us):
    t_phi = 1 / (1 / t2_us - 0.5 / t1_us)
    t_phi_error = t_phi**2 * np.linalg.norm([t2_error_us / t2_us**2, 0.5 * t1_error_us / t1_us**2])
    return np.array([t_phi, t_phi_error, *(1e3 / np.sqrt(2) / np.pi / t2_star_us * np.array([1, t2_star_error_us / t2_star_us]))])
