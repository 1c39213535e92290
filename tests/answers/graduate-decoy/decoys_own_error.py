"""Takes rates of all clicks for those of single photons, and one careful background for both bounds.

test_predict: 0 points, [vacuum-shows-single-photons]
test_model: 0 points, [background-all-wrong]
test_bounds: 0 points, [error-rate-of-the-decoy]
test_rate: 0 points, [average-error-for-single-photons]
test_intensity: 0 points, [single-photon-gain-only]
test_finite: 0 points, [same-background-in-both-bounds]
test_plob: 0 points, [long-link-rule]
"""

# --- predict
prediction = "e"

# --- model
def gain_and_error(intensity, length_km, db_per_km, efficiency, background, misalignment):
    light = 1 - np.exp(-intensity * efficiency * 10 ** (-db_per_km * length_km / 10))
    return background + light, (background + misalignment * light) / (background + light)

# --- bounds
def decoy_bounds(mu, nu, gain_mu, gain_nu, error_nu, y0):
    r = (nu / mu) ** 2
    y1 = (gain_nu * np.exp(nu) - r * gain_mu * np.exp(mu) - (1 - r) * y0) / (nu - nu**2 / mu)
    return max(0, y1), error_nu

# --- rate
def entropy(x):
    return 0.0 if x in (0, 1) else -x * np.log2(x) - (1 - x) * np.log2(1 - x)


def key_rate(mu, gain_mu, error_mu, y1, e1, f_ec, sifted):
    single = mu * np.exp(-mu) * y1
    return max(0, sifted * (single * (1 - entropy(error_mu)) - f_ec * gain_mu * entropy(error_mu)))

# --- intensity
def best_intensity(misalignment, f_ec):
    return optimize.minimize_scalar(lambda mu: -mu * np.exp(-mu), bounds=(0, 2), method="bounded").x

# --- finite
def careful_bounds(sent, clicks, wrong, mu, nu, k):
    q = (clicks[0] + k * np.sqrt(clicks[0])) / sent[0]
    b = (clicks[1] - k * np.sqrt(clicks[1])) / sent[1]
    y0 = (clicks[2] + k * np.sqrt(clicks[2])) / sent[2]
    y1 = decoy_bounds(mu, nu, q, b, 0.0, y0)[0]
    return y1, ((wrong[1] + k * np.sqrt(wrong[1])) / sent[1] * np.exp(nu) - y0 / 2) / nu / y1

# --- plob
def most_key(length_km, db_per_km):
    return 10 ** (-db_per_km * length_km / 10) / np.log(2)
