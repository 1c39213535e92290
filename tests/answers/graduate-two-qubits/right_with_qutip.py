"""A right answer that uses QuTiP for states and operators only, and returns QuTiP's matrices and NumPy's arrays."""

# --- reduced
def reduced_states(rho):  # checked against pair.ptrace(0)
    rho = qutip.Qobj(rho, dims=[[2, 2], [2, 2]])
    alice = bob = 0
    for n in range(2):
        bra = qutip.tensor(qutip.qeye(2), qutip.basis(2, n).dag())
        alice += qutip.Qobj((bra * rho * bra.dag()).full())
        bra = qutip.tensor(qutip.basis(2, n).dag(), qutip.qeye(2))
        bob += qutip.Qobj((bra * rho * bra.dag()).full())
    return alice, bob

# --- schmidt
def schmidt(ket):
    matrix = np.array(ket).reshape(2, 2)
    values = np.sqrt(np.abs(np.linalg.eigvalsh(matrix.conj().T @ matrix)))
    return values[::-1], qutip.entropy_vn(qutip.Qobj(matrix @ matrix.conj().T), 2)

# --- concurrence
def wootters(rho):
    rho = qutip.Qobj(rho, dims=[[2, 2], [2, 2]])
    yy = qutip.tensor(qutip.sigmay(), qutip.sigmay())
    values = (rho * yy * rho.conj() * yy).full()
    lambdas = np.sqrt(np.abs(np.linalg.eigvals(values)))
    concurrence = np.clip(2 * lambdas.max() - lambdas.sum(), 0, 1)
    x = 0.5 + 0.5 * np.sqrt(1 - concurrence**2)
    return np.array([concurrence, qutip.entropy_vn(qutip.Qobj(np.diag([x, 1 - x])), 2)])

# --- negativity
def peres(rho):
    blocks = np.array(rho)
    flipped = np.block([[blocks[:2, :2], blocks[2:, :2]], [blocks[:2, 2:], blocks[2:, 2:]]])
    norm = np.linalg.norm(flipped, "nuc")
    return np.array([(norm - 1) / 2, np.log2(norm)])

# --- measured
def physical_state(rho):
    values, states = qutip.Qobj(rho, dims=[[2, 2], [2, 2]]).eigenstates()
    repaired = sum(max(value, 0) * state.proj() for value, state in zip(values, states))
    return repaired / repaired.tr()


def negativity_with_error(counts, repetitions, seed):
    rng = np.random.default_rng(seed)

    def of(some):
        return peres(physical_state(linear_inversion(some)).full())[0]

    totals = counts.sum(axis=1)
    shares = counts / totals[:, None]
    drawn = rng.multinomial(totals, shares, size=(repetitions, 9))
    return np.array([of(counts), np.std([of(one) for one in drawn], ddof=1)])
