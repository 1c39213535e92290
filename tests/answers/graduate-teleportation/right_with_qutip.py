"""A right answer with QuTiP: operators and projectors, Z before X, the mean of six states, and a root squared again.

"""

# --- predict
prediction = "E."

# --- teleport
def teleport(ket, rho):
    state = qutip.Qobj(np.asarray(ket).reshape(2, 1))
    pair = qutip.Qobj(rho, dims=[[2, 2], [2, 2]])
    whole = qutip.tensor(state.proj(), pair)
    names = ("00", "01", "10", "11")
    chances, bob = np.zeros(4), 0 * qutip.qeye(2)
    for number, bits in enumerate(names):
        bell = qutip.bell_state({"00": "00", "01": "10", "10": "01", "11": "11"}[bits])
        found = qutip.tensor(bell.proj(), qutip.qeye(2))
        part = (found * whole * found).ptrace(2)
        move = qutip.qeye(2)
        if bits[0] == "1":
            move = qutip.sigmaz() * move
        if bits[1] == "1":
            move = qutip.sigmax() * move
        chances[number] = part.tr().real
        bob = bob + move * part * move.dag()
    return list(chances), bob

# --- mean
def pair_value(rho):
    bell = qutip.bell_state("00")
    fidelity = qutip.fidelity(qutip.Qobj(rho, dims=[[2, 2], [2, 2]]), bell) ** 2
    total = 0
    for axis in (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz()):
        for ket in axis.eigenstates()[1]:
            _, bob = teleport(ket.full().ravel(), rho)
            total += qutip.expect(bob, ket)
    return np.array([fidelity, total / 6])

# --- chain
def chain_fidelity(fidelities):
    long = fidelities[0]
    for f in fidelities[1:]:
        long = long * f + (1 - long) * (1 - f) / 3
    return np.float64(long)

# --- purify
def purify(fidelity):
    weights = {(0, 0): fidelity, **{error: (1 - fidelity) / 3 for error in ((0, 1), (1, 0), (1, 1))}}
    kept, good = 0, 0
    for (bit, sign), p in weights.items():
        for (other_bit, other_sign), other in weights.items():
            if bit == other_bit:
                kept += p * other
                if bit == 0 and sign == other_sign:
                    good += p * other
    return [good / kept, kept]

# --- cost
def cost(fidelity, target):
    if fidelity >= target:
        return 0, 1
    if fidelity < 0.5:
        return None, None
    better, success = purify(fidelity)
    steps, pairs = cost(better, target)
    return np.int64(steps + 1), 2 / success * pairs
