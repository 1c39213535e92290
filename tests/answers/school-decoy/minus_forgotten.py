"""Forgets minus signs and the intensity, and multiplies decibels.

test_loss: 0 points, [decibels-multiplied]
test_photons: 0 points, [minus-forgotten]
test_splitting: 0 points, [clicks-without-intensity]
test_clicks: 0 points, [intensity-forgotten]
test_reach: 0 points, [loss-makes-more-light]
"""

# --- loss
def link_budget(parts):
    total_db = 1
    for number, each_db in parts:
        total_db *= number * each_db
    return total_db, 10 ** (-total_db / 10)

# --- photons
def photon_chances(mu):
    none, one = np.exp(mu), mu * np.exp(mu)
    return none, one, 1 - none - one

# --- splitting
def share_eve_knows(mu, fraction):
    return min(1, (1 - np.exp(-mu) - mu * np.exp(-mu)) / fraction)

# --- clicks
def count_clicks(pulses_per_second, mu, fraction, dark_per_second):
    clicks = pulses_per_second * fraction + dark_per_second
    return clicks, dark_per_second / 2 / clicks

# --- reach
def longest_fibre(pulses_per_second, mu, dark_per_second, other_db, db_per_km):
    return (10 * np.log10(dark_per_second / (pulses_per_second * mu)) - other_db) / db_per_km
