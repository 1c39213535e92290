"""A right answer in plain Python sums over indices, with lists, complex rests of rounding and a limit of steps.

"""

# --- predict
prediction = "e"

# --- teleport
SIGNS = [((0, 0, 1), (1, 1, 1)), ((0, 1, 1), (1, 0, 1)), ((0, 0, 1), (1, 1, -1)), ((0, 1, 1), (1, 0, -1))]


def teleport(ket, rho):
    chances, bob = [], [[0, 0], [0, 0]]
    for number, terms in enumerate(SIGNS):
        part = [[0, 0], [0, 0]]
        for k in (0, 1):
            for l in (0, 1):
                for i, j, s in terms:
                    for m, n, t in terms:
                        part[k][l] += s * t / 2 * ket[i] * ket[m].conjugate() * rho[2 * j + k][2 * n + l]
        chances.append(part[0][0] + part[1][1])
        if number in (1, 3):
            part = [[part[1][1], part[1][0]], [part[0][1], part[0][0]]]
        if number in (2, 3):
            part = [[part[0][0], -part[0][1]], [-part[1][0], part[1][1]]]
        for k in (0, 1):
            for l in (0, 1):
                bob[k][l] += part[k][l]
    return chances, bob

# --- mean
def pair_value(rho):
    fidelity = (rho[0, 0] + rho[0, 3] + rho[3, 0] + rho[3, 3]) / 2
    return [fidelity, fidelity + (1 - fidelity) / 3]

# --- chain
def chain_fidelity(fidelities):
    weights = [1, 0, 0, 0]
    for f in fidelities:
        link = [f] + [(1 - f) / 3] * 3
        weights = [sum(weights[a] * link[a ^ b] for a in range(4)) for b in range(4)]
    return weights[0]

# --- purify
def purify(fidelity):
    f = fidelity
    return (1 - 2 * f + 10 * f**2) / (5 - 4 * f + 8 * f**2), (5 - 4 * f + 8 * f**2) / 9

# --- cost
def cost(fidelity, target):
    pairs = 1.0
    for steps in range(1000):
        if fidelity >= target:
            return [steps, pairs]
        better, success = purify(fidelity)
        fidelity, pairs = better, pairs * 2 / success
    return [None, None]
