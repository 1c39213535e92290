"""Mixes powers of ten and of e, and forgets the dark counts and the cap at one.

test_predict: 0 points, [mean-below-one-means-never-two]
test_loss: 0 points, [e-for-ten]
test_photons: 0 points, [ten-for-e]
test_splitting: 0 points, [share-above-one]
test_clicks: 0 points, [dark-counts-forgotten]
test_reach: 0 points, [natural-logarithm]
"""

# --- predict
prediction = "a"

# --- loss
def link_budget(parts):
    total_db = sum(number * each_db for number, each_db in parts)
    return total_db, np.exp(-total_db / 10)

# --- photons
def photon_chances(mu):
    none = 10 ** (-mu)
    return none, mu * none, 1 - none - mu * none

# --- splitting
def share_eve_knows(mu, fraction):
    return (1 - np.exp(-mu) - mu * np.exp(-mu)) / (mu * fraction)

# --- clicks
def count_clicks(pulses_per_second, mu, fraction, dark_per_second):
    clicks = pulses_per_second * mu * fraction
    return clicks, dark_per_second / 2 / (clicks + dark_per_second)

# --- reach
def longest_fibre(pulses_per_second, mu, dark_per_second, other_db, db_per_km):
    return (-10 * np.log(dark_per_second / (pulses_per_second * mu)) - other_db) / db_per_km
