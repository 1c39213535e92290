"""Divides by the clicks from light alone, forgets a ten, and lets Eve know everything.

test_loss: 0 points, [ten-forgotten]
test_splitting: 0 points, [knows-everything]
test_clicks: 0 points, [share-of-the-light-alone]
test_reach: 0 points, [ten-forgotten]
"""

# --- loss
def link_budget(parts):
    total_db = sum(number * each_db for number, each_db in parts)
    return total_db, 10 ** (-total_db)

# --- splitting
def share_eve_knows(mu, fraction):
    return min(1, photon_chances(mu)[1] / (mu * fraction))

# --- clicks
def count_clicks(pulses_per_second, mu, fraction, dark_per_second):
    light = pulses_per_second * mu * fraction
    return light + dark_per_second, dark_per_second / 2 / light

# --- reach
def longest_fibre(pulses_per_second, mu, dark_per_second, other_db, db_per_km):
    return (-np.log10(dark_per_second / (pulses_per_second * mu)) - other_db) / db_per_km
