"""Corrects single photons only, forgets the factor of a half and the cut at 0, and moves one count to the wrong side.

test_model: 0 points, [linear-in-intensity]
test_bounds: 0 points, [background-all-wrong]
test_rate: 0 points, [correction-of-single-photons-only]
test_intensity: 0 points, [privacy-forgotten]
test_finite: 0 points, [background-moved-the-wrong-way]
test_plob: 0 points, [two-modes]
"""

# --- model
def gain_and_error(intensity, length_km, db_per_km, efficiency, background, misalignment):
    light = intensity * efficiency * 10 ** (-db_per_km * length_km / 10)
    return background + light, (background / 2 + misalignment * light) / (background + light)

# --- bounds
def decoy_bounds(mu, nu, gain_mu, gain_nu, error_nu, y0):
    r = (nu / mu) ** 2
    y1 = (gain_nu * np.exp(nu) - r * gain_mu * np.exp(mu) - (1 - r) * y0) / (nu - nu**2 / mu)
    return max(0, y1), (error_nu * gain_nu * np.exp(nu) - y0) / nu / y1

# --- rate
def entropy(x):
    return 0.0 if x in (0, 1) else -x * np.log2(x) - (1 - x) * np.log2(1 - x)


def key_rate(mu, gain_mu, error_mu, y1, e1, f_ec, sifted):
    return sifted * mu * np.exp(-mu) * y1 * (1 - entropy(e1) - f_ec * entropy(error_mu))

# --- intensity
def best_intensity(misalignment, f_ec):
    grid = np.arange(0, 1, 0.0002)
    rate = grid * np.exp(-grid) - f_ec * grid * entropy(misalignment)
    return grid[np.argmax(rate)]

# --- finite
def careful_bounds(sent, clicks, wrong, mu, nu, k):
    q = (clicks[0] + k * np.sqrt(clicks[0])) / sent[0]
    b, y0 = ((clicks[i] - k * np.sqrt(clicks[i])) / sent[i] for i in (1, 2))
    y1 = decoy_bounds(mu, nu, q, b, 0.0, y0)[0]
    return y1, ((wrong[1] + k * np.sqrt(wrong[1])) / sent[1] * np.exp(nu) - y0 / 2) / nu / y1

# --- plob
def most_key(length_km, db_per_km):
    return -2 * np.log2(1 - 10 ** (-db_per_km * length_km / 10))
