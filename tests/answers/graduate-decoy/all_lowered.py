"""Lowers all counts because a lower bound is wanted, and forgets Poisson's exponentials.

test_predict: 0 points, [more-clicks-better-bound]
test_model: 0 points, [single-photons-only]
test_bounds: 0 points, [exponential-forgotten]
test_rate: 0 points, [exponential-forgotten]
test_intensity: 0 points, [derivative-without-its-product]
test_finite: 0 points, [all-counts-lowered]
test_plob: 0 points, [loss-for-transmittance]
"""

# --- predict
prediction = "d"

# --- model
def gain_and_error(intensity, length_km, db_per_km, efficiency, background, misalignment):
    eta = efficiency * 10 ** (-db_per_km * length_km / 10)
    light = intensity * np.exp(-intensity) * eta
    return background + light, (background / 2 + misalignment * light) / (background + light)

# --- bounds
def decoy_bounds(mu, nu, gain_mu, gain_nu, error_nu, y0):
    ratio = nu**2 / mu**2
    y1 = (gain_nu - ratio * gain_mu - (1 - ratio) * y0) / (nu - nu**2 / mu)
    return y1, (error_nu * gain_nu - y0 / 2) / nu / y1

# --- rate
def entropy(x):
    return 0.0 if x in (0, 1) else -x * np.log2(x) - (1 - x) * np.log2(1 - x)


def key_rate(mu, gain_mu, error_mu, y1, e1, f_ec, sifted):
    return max(0, sifted * (mu * y1 * (1 - entropy(e1)) - f_ec * gain_mu * entropy(error_mu)))

# --- intensity
def best_intensity(misalignment, f_ec):
    h = entropy(misalignment)
    return -np.log(f_ec * h / (1 - h))

# --- finite
def careful_bounds(sent, clicks, wrong, mu, nu, k):
    q, b, y0 = ((c - k * np.sqrt(c)) / s for c, s in zip(clicks, sent))
    y1 = (b * np.exp(nu) - (nu / mu) ** 2 * q * np.exp(mu) - (1 - (nu / mu) ** 2) * y0) / (nu - nu**2 / mu)
    return y1, ((wrong[1] + k * np.sqrt(wrong[1])) / sent[1] * np.exp(nu) - y0 / 2) / (nu * y1)

# --- plob
def most_key(length_km, db_per_km):
    return -np.log2(10 ** (-db_per_km * length_km / 10))
