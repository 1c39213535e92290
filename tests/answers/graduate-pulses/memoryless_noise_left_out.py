"""Knows only one kind of noise at a time: no T2 in the fringe, no memory in the ensemble, no relaxation in the phase.

test_predict: 0 points, [echo-repairs-the-first-half]
test_models: 0 points, [memoryless-noise-left-out]
test_ensemble: 0 points, [memory-ignored]
test_lindblad: 0 points, [relaxation-forgotten]
test_ramsey: 0 points, [memoryless-noise-left-out]
"""

# --- predict
prediction = "b"

# --- models
def decay_model(time_us, t1_us):
    return np.exp(-time_us / t1_us)


def echo_model(time_us, t2_us):
    return (1 + np.exp(-time_us / t2_us)) / 2


def ramsey_model(time_us, detuning_mhz, t2_us, t2_star_us):
    return (1 + np.exp(-((time_us / t2_star_us) ** 2)) * np.cos(2 * np.pi * detuning_mhz * time_us)) / 2

# --- ensemble
def ensemble_contrasts(time_us, spread_mhz, memory, runs, seed):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(2, runs))
    angle = np.pi * spread_mhz * time_us
    return np.mean(np.cos(angle * (a + b))), np.mean(np.cos(angle * (a - b)))

# --- lindblad
def lindblad_vector(time_us, t1_us, t_phi_us, echo):
    operators = [np.sqrt(1 / (2 * t_phi_us)) * qutip.sigmaz()]
    start = (qutip.basis(2, 0) + qutip.basis(2, 1)).unit()
    end = qutip.mesolve(0 * qutip.qeye(2), start, [0, time_us], operators).states[-1]
    if echo:
        end = qutip.sigmay() * end * qutip.sigmay()
    return [qutip.expect(pauli, end) for pauli in (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz())]
