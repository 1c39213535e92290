"""Forgets the half turn in the ensemble, and the 2 under the root of the dephasing operator.

test_predict: 0 points, [each-half-counted-whole]
test_ensemble: 0 points, [half-turn-forgotten]
test_lindblad: 0 points, [dephasing-operator-without-its-half]
"""

# --- predict
prediction = "d"

# --- ensemble
def ensemble_contrasts(time_us, spread_mhz, memory, runs, seed):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(2, runs))
    c = memory * a + np.sqrt(1 - memory**2) * b
    ramsey = np.mean(np.cos(np.pi * spread_mhz * time_us * (a + c)))
    return ramsey, ramsey

# --- lindblad
def lindblad_vector(time_us, t1_us, t_phi_us, echo):
    operators = [
        np.sqrt(1 / t1_us) * qutip.basis(2, 0) * qutip.basis(2, 1).dag(),
        np.sqrt(1 / t_phi_us) * qutip.sigmaz(),
    ]
    start = (qutip.basis(2, 0) + qutip.basis(2, 1)).unit()
    half = qutip.mesolve(0 * qutip.qeye(2), start, [0, time_us / 2], operators).states[-1]
    if echo:
        half = qutip.sigmay() * half * qutip.sigmay()
    end = qutip.mesolve(0 * qutip.qeye(2), half, [0, time_us / 2], operators).states[-1]
    return [qutip.expect(pauli, end) for pauli in (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz())]
