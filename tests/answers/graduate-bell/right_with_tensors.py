"""A right answer in tensors: einsum, a root finder, arrays in place of pairs, a model with a few honest rounds."""

# --- local
def local_bound(coefficients):
    rows, columns = (np.array(list(itertools.product([1.0, -1.0], repeat=n))) for n in coefficients.shape)
    return np.einsum("ax,xy,by->ab", rows, coefficients, columns).max()

# --- estimate
SIGNS = np.array([[1, 1], [1, -1]])


def estimate_chsh(counts):
    probabilities = counts / counts.sum(axis=(2, 3), keepdims=True)
    E = np.einsum("xyij,ij->xy", probabilities, [[1, -1], [-1, 1]])
    return np.array([np.vdot(SIGNS, E), np.linalg.norm(np.sqrt((1 - E**2) / counts.sum(axis=(2, 3))))])

# --- luck
from scipy.special import betainc


def luck_of_a_plan(counts, plan_probability):
    won = np.einsum("xy,ij->xyij", SIGNS, [[1, -1], [-1, 1]]) > 0
    k, n = counts[won].sum(), counts.sum()
    return np.array([k, betainc(k, n - k + 1, plan_probability)])

# --- states
def largest_chsh(rho):
    sigma = np.array([s.full() for s in (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz())])
    matrix = rho.full().reshape(2, 2, 2, 2)
    T = np.einsum("abcd,ica,jdb->ij", matrix, sigma, sigma)
    return 2 * np.linalg.norm(np.linalg.svd(T)[1][:2])

# --- clicks
def value_with_no_clicks(value, efficiency):
    return np.polyval([value + 2, -4, 2], efficiency)


def efficiency_threshold(value):
    return scipy.optimize.brentq(lambda eta: value_with_no_clicks(value, eta) - 2, 0.4, 1.0)

# --- fake
def coincidence_value(model):
    p, a, b = model[:, 0], model[:, 1:3], model[:, 3:]
    E = np.einsum("r,rx,ry", p, a, b) / np.einsum("r,rx,ry", p, a**2, b**2)
    return np.vdot(SIGNS, E), p @ model[:, 1:] ** 2


def fake_model():
    fakes = np.array([[1, 0, 1, 1], [0, 1, 1, -1], [1, 1, 1, 0], [1, -1, 0, 1]])
    rows = np.vstack([fakes, -fakes, [[1, 1, 1, 1]]])
    return np.column_stack([[0.11875] * 8 + [0.05], rows])
