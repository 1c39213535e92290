"""Adds the loss of one part of each kind, takes exactly two photons for several, and carries that on to Eve.

test_predict: 0 points, [two-photons-as-rare-as-one]
test_loss: 0 points, [number-of-parts-forgotten]
test_photons: 0 points, [exactly-two-for-several]
test_splitting: 0 points, [follows-from-task-3]
test_clicks: 0 points, [all-dark-counts-wrong]
test_reach: 0 points, [rest-of-the-link-forgotten]
"""

# --- predict
prediction = "b"

# --- loss
def link_budget(parts):
    total_db = sum(each_db for number, each_db in parts)
    return total_db, 10 ** (-total_db / 10)

# --- photons
def photon_chances(mu):
    none = np.exp(-mu)
    return none, mu * none, mu**2 / 2 * none

# --- clicks
def count_clicks(pulses_per_second, mu, fraction, dark_per_second):
    clicks = pulses_per_second * mu * fraction + dark_per_second
    return clicks, dark_per_second / clicks

# --- reach
def longest_fibre(pulses_per_second, mu, dark_per_second, other_db, db_per_km):
    fraction = dark_per_second / (pulses_per_second * mu)
    return -10 * np.log10(fraction) / db_per_km
