"""A right answer index by index, with lists and Python's complex numbers, and thresholds by bisection."""

# --- predict
prediction = "E."

# --- reduced
def reduced_states(rho):
    alice = [[0, 0], [0, 0]]
    bob = [[0, 0], [0, 0]]
    for i in range(2):
        for j in range(2):
            for k in range(2):
                alice[i][k] += complex(rho[2 * i + j][2 * k + j])
                bob[i][k] += complex(rho[2 * j + i][2 * j + k])
    return alice, bob

# --- schmidt
import math


def h2(x):
    return sum(-y * math.log2(y) for y in (x, 1 - x) if y > 1e-15)


def schmidt(ket):
    a, b, c, d = ket
    tangle = 4 * abs(a * d - b * c) ** 2
    large = (1 + math.sqrt(max(0, 1 - tangle))) / 2
    return [math.sqrt(large), math.sqrt(1 - large)], h2(large)

# --- concurrence
import scipy.linalg


def wootters(rho):
    yy = np.array([[0, 0, 0, -1], [0, 0, 1, 0], [0, 1, 0, 0], [-1, 0, 0, 0]])
    values, vectors = np.linalg.eigh(rho)
    root = vectors @ np.diag(np.sqrt(np.clip(values, 0, None))) @ vectors.conj().T
    lambdas = scipy.linalg.svdvals(root @ yy @ root.conj())
    c = lambdas[0] - lambdas[1] - lambdas[2] - lambdas[3]
    if c < 0:
        c = 0
    if c > 1:
        c = 1
    return [c, h2((1 + math.sqrt(1 - c * c)) / 2)]

# --- negativity
def peres(rho):
    flipped = np.zeros((4, 4), dtype=complex)
    for i in range(2):
        for j in range(2):
            for k in range(2):
                for l in range(2):
                    flipped[2 * i + l, 2 * k + j] = rho[2 * i + j, 2 * k + l]
    negative = 0
    for value in np.linalg.eigvals(flipped):
        if value.real < 0:
            negative -= value.real
    return negative, math.log(2 * negative + 1, 2)

# --- thresholds
def noise_thresholds(ket):
    ket = np.array(ket)
    pure = np.outer(ket, ket.conj())
    low, high = 0, 1
    for _ in range(30):
        p = (low + high) / 2
        if peres(p * pure + (1 - p) * np.eye(4) / 4)[0] > 1e-7:
            high = p
        else:
            low = p
    paulis = [qutip.sigmax().full(), qutip.sigmay().full(), qutip.sigmaz().full()]
    table = [[np.vdot(ket, np.kron(a, b) @ ket).real for b in paulis] for a in paulis]
    one, two, three = np.linalg.svd(table)[1]
    return high, 1 / math.sqrt(one**2 + two**2)

# --- measured
def physical_state(rho):
    values, vectors = np.linalg.eigh(rho)
    total = sum(x for x in values if x > 0)
    result = np.zeros((4, 4), dtype=complex)
    for n in range(4):
        if values[n] > 0:
            result += values[n] / total * np.outer(vectors[:, n], vectors[:, n].conj())
    return result


def negativity_with_error(counts, repetitions, seed):
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(repetitions):
        drawn = np.zeros((9, 4))
        for n in range(9):
            for outcome in range(4):  # independent counts: the number of pairs varies, too
                drawn[n, outcome] = rng.poisson(counts[n][outcome])
        values.append(peres(physical_state(linear_inversion(drawn)))[0])
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((x - mean) ** 2 for x in values) / (len(values) - 1))
    return [peres(physical_state(linear_inversion(counts)))[0], spread]
