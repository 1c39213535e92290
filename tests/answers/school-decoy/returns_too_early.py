"""Returns inside the loop, takes the mean for a chance, and multiplies dark counts by the pulses.

test_predict: 0 points, [chances-added]
test_loss: 0 points, [only-the-first-row]
test_photons: 0 points, [mean-taken-for-chance]
test_splitting: 0 points, [share-of-pulses-for-share-of-clicks]
test_clicks: 0 points, [dark-counts-per-pulse]
test_reach: 0 points, [rest-of-the-link-added]
"""

# --- predict
prediction = "e"

# --- loss
def link_budget(parts):
    total_db = 0
    for number, each_db in parts:
        total_db += number * each_db
        return total_db, 10 ** (-total_db / 10)

# --- photons
def photon_chances(mu):
    return np.exp(-mu), mu, 1 - np.exp(-mu) - mu

# --- splitting
def share_eve_knows(mu, fraction):
    return 1 - np.exp(-mu) - mu * np.exp(-mu)

# --- clicks
def count_clicks(pulses_per_second, mu, fraction, dark_per_second):
    clicks = pulses_per_second * (mu * fraction + dark_per_second)
    return clicks, pulses_per_second * dark_per_second / 2 / clicks

# --- reach
def longest_fibre(pulses_per_second, mu, dark_per_second, other_db, db_per_km):
    return (-10 * np.log10(dark_per_second / (pulses_per_second * mu)) + other_db) / db_per_km
