"""Gives negative yields and negative keys, moves counts by one deviation, and corrects the wrong errors.

test_model: 0 points, [errors-per-pulse]
test_bounds: 0 points, [negative-yield]
test_rate: 0 points, [negative-key]
test_finite: 0 points, [one-deviation]
test_plob: 0 points, [minus-forgotten]
"""

# --- model
def gain_and_error(intensity, length_km, db_per_km, efficiency, background, misalignment):
    light = 1 - np.exp(-intensity * efficiency * 10 ** (-db_per_km * length_km / 10))
    return background + light, background / 2 + misalignment * light

# --- bounds
def decoy_bounds(mu, nu, gain_mu, gain_nu, error_nu, y0):
    r = (nu / mu) ** 2
    y1 = (gain_nu * np.exp(nu) - r * gain_mu * np.exp(mu) - (1 - r) * y0) / (nu - nu**2 / mu)
    return y1, (error_nu * gain_nu * np.exp(nu) - y0 / 2) / nu / y1

# --- rate
def entropy(x):
    return 0.0 if x in (0, 1) else -x * np.log2(x) - (1 - x) * np.log2(1 - x)


def key_rate(mu, gain_mu, error_mu, y1, e1, f_ec, sifted):
    return sifted * (mu * np.exp(-mu) * y1 * (1 - entropy(e1)) - f_ec * gain_mu * entropy(error_mu))

# --- finite
def careful_bounds(sent, clicks, wrong, mu, nu, k):
    q, b, y0 = ((c + step * np.sqrt(c)) / s for c, s, step in zip(clicks, sent, (1, -1, 1)))
    y1 = decoy_bounds(mu, nu, q, b, 0.0, y0)[0]
    low = (clicks[2] - np.sqrt(clicks[2])) / sent[2]
    return y1, ((wrong[1] + np.sqrt(wrong[1])) / sent[1] * np.exp(nu) - low / 2) / nu / y1

# --- plob
def most_key(length_km, db_per_km):
    return np.log2(1 - 10 ** (-db_per_km * length_km / 10))
