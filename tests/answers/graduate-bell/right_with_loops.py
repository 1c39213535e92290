"""A right answer in plain loops: sums by hand, a threshold by bisection, a fake with unequal rows."""

# --- predict
prediction = "C"

# --- local
def local_bound(coefficients):
    m, n = coefficients.shape
    best = -1e9
    for alice in itertools.product((1, -1), repeat=m):
        for bob in itertools.product((1, -1), repeat=n):
            total = 0
            for x in range(m):
                for y in range(n):
                    total += coefficients[x][y] * alice[x] * bob[y]
            if total > best:
                best = total
    return best

# --- estimate
def estimate_chsh(counts):
    S = 0
    variance = 0
    for x in range(2):
        for y in range(2):
            (pp, pm), (mp, mm) = counts[x][y]
            n = int(pp) + int(pm) + int(mp) + int(mm)
            E = (int(pp) - int(pm) - int(mp) + int(mm)) / n
            S += E if x * y == 0 else -E
            variance += (1 - E * E) / n
    return [S, variance**0.5]

# --- luck
from math import comb


def luck_of_a_plan(counts, plan_probability):
    wins = rounds = 0
    for (x, y, i, j), count in np.ndenumerate(counts):
        rounds += int(count)
        if (i ^ j) == (x & y):
            wins += int(count)
    beta = plan_probability
    return wins, sum(comb(rounds, m) * beta**m * (1 - beta) ** (rounds - m) for m in range(wins, rounds + 1))

# --- states
def largest_chsh(rho):
    s = qutip.sigmax(), qutip.sigmay(), qutip.sigmaz()
    T = np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            T[i, j] = (rho * qutip.tensor(s[i], s[j])).tr().real
    u = np.sort(np.linalg.eigvalsh(T.T @ T))
    return 2 * np.sqrt(u[2] + u[1])

# --- clicks
def value_with_no_clicks(value, efficiency):
    one = 2 * efficiency * (1 - efficiency)
    return efficiency**2 * value + one * 0 + (1 - efficiency) ** 2 * 2


def efficiency_threshold(value):
    low, high = 0.5, 1.0
    while high - low > 1e-8:
        middle = (low + high) / 2
        if value_with_no_clicks(value, middle) > 2:
            high = middle
        else:
            low = middle
    return high

# --- fake
def coincidence_value(model):
    S = 0
    for x in (0, 1):
        for y in (0, 1):
            product = both = 0
            for p, *answers in model:
                if answers[x] != 0 and answers[2 + y] != 0:
                    both += p
                    product += p * answers[x] * answers[2 + y]
            S += (-1) ** (x * y) * product / both
    efficiencies = []
    for k in range(4):
        efficiencies.append(sum(row[0] for row in model if row[1 + k] != 0))
    return S, tuple(efficiencies)


def fake_model():
    return [[0.2, 1, 0, 1, 1], [0.3, 0, -1, -1, 1], [0.2, -1, -1, -1, 0], [0.3, 1, -1, 0, 1]]
