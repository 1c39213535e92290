"""A right answer with matrices and vectors, Z before X, and complex numbers.

"""

# --- predict
prediction = " C "

# --- holds
BELL = {
    "phi+": np.array([[1, 0], [0, 1]]) / np.sqrt(2),
    "psi+": np.array([[0, 1], [1, 0]]) / np.sqrt(2),
    "phi-": np.array([[1, 0], [0, -1]]) / np.sqrt(2),
    "psi-": np.array([[0, 1], [-1, 0]]) / np.sqrt(2),
}


def bob_holds(sent, result):
    whole = np.einsum("i,jk->ijk", 1j * np.asarray(sent), BELL["phi+"])
    part = np.einsum("ij,ijk->k", BELL[result], whole)
    chance = np.vdot(part, part).real
    return np.array(chance), part / np.linalg.norm(part)

# --- correct
def correct(state, bits):
    x, z = np.array([[0, 1], [1, 0]]), np.diag([1, -1])
    return np.linalg.matrix_power(x, int(bits[1])) @ np.linalg.matrix_power(z, int(bits[0])) @ state

# --- guess
def without_bits(sent, guess):
    turned = np.array([correct(bob_holds(sent, result)[1], guess) for result in BELL])
    passes = np.abs(turned @ sent) ** 2
    return passes, passes.mean()

# --- verdict
def verdict(passed, tested):
    f = passed / tested
    error = np.linalg.norm(np.sqrt(f * (1 - f) / tested)) / len(f)
    return np.array([f.mean(), error, (f.mean() - 2 / 3) / error])
