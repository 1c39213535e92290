"""Forgets brackets, returns values in the wrong order, and counts pulses with light for photons.

test_loss: 0 points, [values-swapped]
test_photons: 0 points, [bracket-missing]
test_splitting: 0 points, [bracket-missing]
test_clicks: 0 points, [pulses-for-photons]
test_reach: 0 points, [bracket-missing]
"""

# --- loss
def link_budget(parts):
    total_db = sum(number * each_db for number, each_db in parts)
    return 10 ** (-total_db / 10), total_db

# --- photons
def photon_chances(mu):
    none, one = np.exp(-mu), mu * np.exp(-mu)
    return none, one, 1 - none + one

# --- splitting
def share_eve_knows(mu, fraction):
    several = 1 - np.exp(-mu) - mu * np.exp(-mu)
    return min(1, several / mu * fraction)

# --- clicks
def count_clicks(pulses_per_second, mu, fraction, dark_per_second):
    clicks = pulses_per_second * (1 - np.exp(-mu)) * fraction + dark_per_second
    return clicks, dark_per_second / 2 / clicks

# --- reach
def longest_fibre(pulses_per_second, mu, dark_per_second, other_db, db_per_km):
    return (-10 * np.log10(dark_per_second / pulses_per_second * mu) - other_db) / db_per_km
