"""Uses the natural logarithm, cancels the wrong photon number, and carries both on.

test_predict: 0 points, [intensity-drops-out]
test_model: 0 points, [loss-in-nepers]
test_bounds: 0 points, [one-photon-cancelled]
test_rate: 0 points, [natural-logarithm]
test_intensity: 0 points, [follows-from-question-4]
test_finite: 0 points, [follows-from-question-3]
test_plob: 0 points, [twenty-for-ten]
"""

# --- predict
prediction = "c"

# --- model
def gain_and_error(intensity, length_km, db_per_km, efficiency, background, misalignment):
    light = 1 - np.exp(-intensity * efficiency * np.exp(-db_per_km * length_km / 10))
    return background + light, (background / 2 + misalignment * light) / (background + light)

# --- bounds
def decoy_bounds(mu, nu, gain_mu, gain_nu, error_nu, y0):
    r = nu / mu
    y1 = (gain_nu * np.exp(nu) - r * gain_mu * np.exp(mu) - (1 - r) * y0) / (nu - nu**2 / mu)
    return y1, (error_nu * gain_nu * np.exp(nu) - y0 / 2) / nu / y1

# --- rate
def entropy(x):
    return 0.0 if x in (0, 1) else -x * np.log(x) - (1 - x) * np.log(1 - x)


def key_rate(mu, gain_mu, error_mu, y1, e1, f_ec, sifted):
    return max(0, sifted * (mu * np.exp(-mu) * y1 * (1 - entropy(e1)) - f_ec * gain_mu * entropy(error_mu)))

# --- plob
def most_key(length_km, db_per_km):
    return -np.log2(1 - 10 ** (-db_per_km * length_km / 20))
