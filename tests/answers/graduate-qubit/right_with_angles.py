"""A right answer with QuTiP and angles: operators for matrices, pure states outside of the ball, a loop of draws."""

# --- matrix
def density_matrix(vector):
    paulis = qutip.sigmax(), qutip.sigmay(), qutip.sigmaz()
    return (qutip.qeye(2) + sum(float(r) * pauli for r, pauli in zip(vector, paulis))) / 2


def smaller_eigenvalue(vector):
    return density_matrix(vector).eigenenergies()[0]

# --- likely
def most_likely(counts, wrong_at_0, wrong_at_1):
    r = np.array(invert(counts, wrong_at_0, wrong_at_1))
    if np.linalg.norm(r) <= 1:
        return list(r)

    def pure(angles):
        theta, phi = angles
        return np.array([np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi), np.cos(theta)])

    def cost(angles):
        p = (1 + pure(angles)) / 2
        zero = (1 - wrong_at_0) * p + wrong_at_1 * (1 - p)
        one = wrong_at_0 * p + (1 - wrong_at_1) * (1 - p)
        return -sum(np.log(zero) * counts[:, 0] + np.log(one) * counts[:, 1]) / counts.sum()

    start = [np.arccos(r[2] / np.linalg.norm(r)), np.arctan2(r[1], r[0])]
    return pure(scipy.optimize.minimize(cost, start, method="Nelder-Mead").x)

# --- fidelity
def fidelity(rho, sigma):
    return qutip.fidelity(qutip.Qobj(rho), qutip.Qobj(sigma)) ** 2

# --- bootstrap
def fidelity_with_error(counts, wrong_at_0, wrong_at_1, target, resamples, seed):
    rng = np.random.default_rng(seed)

    def estimate(table):
        return 0.5 + 0.5 * float(np.dot(invert(table, wrong_at_0, wrong_at_1), target))

    values = []
    for _ in range(resamples):
        table = []
        for zeros, ones in counts:
            drawn = rng.binomial(zeros + ones, zeros / (zeros + ones))
            table.append([drawn, zeros + ones - drawn])
        values.append(estimate(np.array(table)))
    values = sorted(values)
    cut = round(0.025 * resamples)
    return [estimate(counts), np.std(values, ddof=1), values[cut], values[-cut - 1]]
