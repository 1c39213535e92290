"""Scales the background, forgets an entropy, gives a rate for an intensity, and takes the vacuum's wrong clicks.

test_model: 0 points, [every-pulse-one-photon]
test_bounds: 0 points, [background-scaled]
test_rate: 0 points, [entropy-forgotten]
test_intensity: 0 points, [rate-for-intensity]
test_finite: 0 points, [vacuum-errors-counted]
test_plob: 0 points, [base-ten]
"""

# --- model
def gain_and_error(intensity, length_km, db_per_km, efficiency, background, misalignment):
    light = efficiency * 10 ** (-db_per_km * length_km / 10)
    return background + light, (background / 2 + misalignment * light) / (background + light)

# --- bounds
def decoy_bounds(mu, nu, gain_mu, gain_nu, error_nu, y0):
    r = (nu / mu) ** 2
    y1 = (gain_nu * np.exp(nu) - r * gain_mu * np.exp(mu) - (1 - r) * y0) / (nu - nu**2 / mu)
    if y1 <= 0:
        return 0, 0.5
    return y1, min(0.5, (error_nu * gain_nu - y0 / 2) * np.exp(nu) / nu / y1)

# --- rate
def entropy(x):
    return 0.0 if x in (0, 1) else -x * np.log2(x) - (1 - x) * np.log2(1 - x)


def key_rate(mu, gain_mu, error_mu, y1, e1, f_ec, sifted):
    return max(0, sifted * (mu * np.exp(-mu) * y1 * (1 - e1) - f_ec * gain_mu * entropy(error_mu)))

# --- intensity
def best_intensity(misalignment, f_ec):
    h = entropy(misalignment)
    mu = np.linspace(0, 1, 10001)
    return np.max(mu * np.exp(-mu) * (1 - h) - f_ec * mu * h)

# --- finite
def careful_bounds(sent, clicks, wrong, mu, nu, k):
    q = (clicks[0] + k * np.sqrt(clicks[0])) / sent[0]
    b = (clicks[1] - k * np.sqrt(clicks[1])) / sent[1]
    y0 = (clicks[2] + k * np.sqrt(clicks[2])) / sent[2]
    y1 = decoy_bounds(mu, nu, q, b, 0.0, y0)[0]
    dark = max(0, wrong[2] - k * np.sqrt(wrong[2])) / sent[2]
    return y1, ((wrong[1] + k * np.sqrt(wrong[1])) / sent[1] * np.exp(nu) - dark) / nu / y1

# --- plob
def most_key(length_km, db_per_km):
    return -np.log10(1 - 10 ** (-db_per_km * length_km / 10))
