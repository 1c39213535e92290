"""Forgets the background wherever it can, and the fluctuation of the counts.

test_predict: 0 points, [fainter-decoy-always-better]
test_model: 0 points, [background-forgotten]
test_bounds: 0 points, [background-forgotten]
test_rate: 0 points, [sifting-forgotten]
test_intensity: 0 points, [efficiency-forgotten]
test_finite: 0 points, [fluctuations-forgotten]
test_plob: 0 points, [natural-logarithm]
"""

# --- predict
prediction = "a"

# --- model
def gain_and_error(intensity, length_km, db_per_km, efficiency, background, misalignment):
    return 1 - np.exp(-efficiency * 10 ** (-db_per_km * length_km / 10) * intensity), misalignment

# --- bounds
def decoy_bounds(mu, nu, gain_mu, gain_nu, error_nu, y0):
    y1 = (gain_nu * np.exp(nu) - (nu / mu) ** 2 * gain_mu * np.exp(mu)) / (nu - nu**2 / mu)
    return y1, error_nu * gain_nu * np.exp(nu) / nu / y1

# --- rate
def entropy(x):
    return 0.0 if x in (0, 1) else -x * np.log2(x) - (1 - x) * np.log2(1 - x)


def key_rate(mu, gain_mu, error_mu, y1, e1, f_ec, sifted):
    return max(0, mu * np.exp(-mu) * y1 * (1 - entropy(e1)) - f_ec * gain_mu * entropy(error_mu))

# --- intensity
def best_intensity(misalignment, f_ec):
    h = entropy(misalignment)
    return optimize.brentq(lambda mu: (1 - mu) * np.exp(-mu) - h / (1 - h), 0, 1)

# --- finite
def careful_bounds(sent, clicks, wrong, mu, nu, k):
    q, b, y0 = (c / s for c, s in zip(clicks, sent))
    y1 = (b * np.exp(nu) - (nu / mu) ** 2 * q * np.exp(mu) - (1 - (nu / mu) ** 2) * y0) / (nu - nu**2 / mu)
    return y1, (wrong[1] / sent[1] * np.exp(nu) - y0 / 2) / (nu * y1)

# --- plob
def most_key(length_km, db_per_km):
    return -np.log(1 - 10 ** (-db_per_km * length_km / 10))
