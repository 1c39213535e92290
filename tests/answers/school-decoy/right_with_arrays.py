"""A right answer with arrays, with exact clicks in place of μT, and with lists for several values."""

# --- predict
prediction = " (C) "

# --- loss
def link_budget(parts):
    table = np.array(parts)
    total = table[:, 0] @ table[:, 1]
    return [total, np.prod(np.power(10.0, -table[:, 0] * table[:, 1] / 10))]

# --- photons
from scipy.stats import poisson


def photon_chances(mu):
    return np.array([poisson.pmf(0, mu), poisson.pmf(1, mu), poisson.sf(1, mu)])

# --- splitting
def share_eve_knows(mu, fraction):
    several = 1 - (1 + mu) * np.exp(-mu)
    return np.minimum(several / (1 - np.exp(-mu * fraction)), 1.0)

# --- clicks
def count_clicks(pulses_per_second, mu, fraction, dark_per_second):
    light = pulses_per_second * (1 - np.exp(-mu * fraction))
    return np.array([light + dark_per_second, dark_per_second / (2 * (light + dark_per_second))])

# --- reach
def longest_fibre(pulses_per_second, mu, dark_per_second, other_db, db_per_km):
    sent_db, dark_db = 10 * np.log10([pulses_per_second * mu, dark_per_second])
    return (sent_db - dark_db - other_db) / db_per_km
