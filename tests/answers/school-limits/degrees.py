"""Gives degrees, takes the slope on ordinary paper, and rounds up.

test_phase: 0 points, [degrees-for-radians]
test_error_bar: 0 points, [degrees-for-radians]
test_power: 0 points, [slope-without-logarithm]
test_needed: 0 points, [rounded]
test_alone: 0 points, [loss-makes-better]
test_together: 0 points, [as-if-alone]
"""

# --- phase
def phase_from_clicks(clicks, photons):
    return np.degrees(np.arccos(2 * clicks / photons - 1))

# --- power
def power(photons_1, error_1, photons_2, error_2):
    return (error_2 - error_1) / (photons_2 - photons_1)

# --- needed
def photons_needed(photons, error, wanted):
    return int(np.ceil(photons * (error / wanted) ** 2))

# --- alone
def alone_error(photons, arrive, runs):
    return np.sqrt(arrive) / np.sqrt(photons * runs)

# --- together
def together_error(photons, arrive, runs):
    return 1 / np.sqrt(photons * runs * arrive**photons)
