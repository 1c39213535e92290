"""Gives what is lost for what arrives, counts single photons as several, and lets Eve's photons be lost.

test_predict: 0 points, [photons-get-weaker]
test_loss: 0 points, [lost-for-arriving]
test_photons: 0 points, [one-counted-as-several]
test_splitting: 0 points, [several-lost-like-the-rest]
test_clicks: 0 points, [half-the-dark-counts]
test_reach: 0 points, [decibels-for-kilometres]
"""

# --- predict
prediction = "d"

# --- loss
def link_budget(parts):
    total_db = 0
    for number, each_db in parts:
        total_db = total_db + number * each_db
    return total_db, 1 - 10 ** (-total_db / 10)

# --- photons
def photon_chances(mu):
    none, one = np.exp(-mu), mu * np.exp(-mu)
    return none, one, 1 - none

# --- splitting
def share_eve_knows(mu, fraction):
    several = 1 - np.exp(-mu) - mu * np.exp(-mu)
    if several > mu * fraction:
        return 1
    return several * fraction / (mu * fraction)

# --- clicks
def count_clicks(pulses_per_second, mu, fraction, dark_per_second):
    clicks = pulses_per_second * mu * fraction + dark_per_second / 2
    return clicks, dark_per_second / 2 / clicks

# --- reach
def longest_fibre(pulses_per_second, mu, dark_per_second, other_db, db_per_km):
    return -10 * np.log10(dark_per_second / (pulses_per_second * mu)) - other_db
