"""A right answer with arrays, a matrix for the two equations, and SciPy's search."""

# --- model
def gain_and_error(intensity, length_km, db_per_km, efficiency, background, misalignment):
    eta = efficiency * np.power(10.0, -db_per_km * length_km / 10)
    silent = (1 - background) * np.exp(-eta * intensity)
    dark = np.exp(-eta * intensity)  # the background decides where no photon clicks
    wrong = dark * background / 2 + misalignment * (1 - dark)
    return np.array([1 - silent, wrong / (1 - silent)])

# --- bounds
def decoy_bounds(mu, nu, gain_mu, gain_nu, error_nu, y0):
    right = np.array([gain_mu * np.exp(mu) - y0, gain_nu * np.exp(nu) - y0])
    y1 = np.linalg.solve([[mu, mu**2], [nu, nu**2]], right)[0]
    if y1 <= 0:
        return np.array([0.0, 0.5])
    return np.array([y1, np.minimum(0.5, (error_nu * gain_nu * np.exp(nu) - y0 / 2) / (nu * y1))])

# --- rate
from scipy.special import entr


def entropy(x):
    return (entr(x) + entr(1 - x)) / np.log(2)


def key_rate(mu, gain_mu, error_mu, y1, e1, f_ec, sifted):
    terms = np.array([mu * np.exp(-mu) * y1 * (1 - entropy(e1)), -f_ec * gain_mu * entropy(error_mu)])
    return np.clip(sifted * terms.sum(), 0, None)

# --- intensity
def best_intensity(misalignment, f_ec):
    h = entropy(misalignment)
    found = optimize.minimize_scalar(
        lambda mu: -(mu * np.exp(-mu) * (1 - h) - f_ec * mu * h), bounds=(0, 1), method="bounded"
    )
    return found.x

# --- finite
def careful_bounds(sent, clicks, wrong, mu, nu, k):
    sent, clicks = np.array(sent), np.array(clicks)
    high, low = (np.maximum(clicks + step * np.sqrt(clicks), 0) / sent for step in (k, -k))
    errors = (wrong[1] + k * wrong[1] ** 0.5) / sent[1]
    y1 = decoy_bounds(mu, nu, high[0], low[1], 0.0, high[2])[0]
    if y1 == 0:
        return np.array([0.0, 0.5])
    return np.array([y1, min(0.5, (errors * np.exp(nu) - low[2] / 2) / nu / y1)])

# --- plob
def most_key(length_km, db_per_km):
    return -np.log2(-np.expm1(-np.log(10) * db_per_km * length_km / 10))
