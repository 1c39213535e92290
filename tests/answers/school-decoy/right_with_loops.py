"""A right answer with loops and Python's own mathematics: a long sum of photons, and a search for the length."""

# --- predict
prediction = "c."

# --- loss
import math


def link_budget(parts):
    total_db, fraction = 0.0, 1.0
    for row in range(len(parts)):
        for _ in range(parts[row][0]):
            total_db += parts[row][1]
            fraction *= 10 ** (-parts[row][1] / 10)
    return total_db, fraction

# --- photons
def photon_chances(mu):
    several = 0
    for n in range(2, 40):
        several += mu**n * math.exp(-mu) / math.factorial(n)
    return [math.exp(-mu), mu * math.exp(-mu), several]

# --- splitting
def share_eve_knows(mu, fraction):
    split, expected = photon_chances(mu)[2], mu * fraction
    if split >= expected:
        return 1
    return split / expected

# --- clicks
def count_clicks(pulses_per_second, mu, fraction, dark_per_second):
    light = pulses_per_second * mu * fraction
    wrong = 0.5 * dark_per_second
    return (light + dark_per_second, wrong / (light + dark_per_second))

# --- reach
def longest_fibre(pulses_per_second, mu, dark_per_second, other_db, db_per_km):
    low, high = 0.0, 2000.0
    for _ in range(80):
        middle = (low + high) / 2
        light = pulses_per_second * mu * 10 ** (-(other_db + db_per_km * middle) / 10)
        if light > dark_per_second:
            low = middle
        else:
            high = middle
    return low
