"""Counts the photons of the other exit (which does not spoil the error bar), and turns fractions upside down.

test_phase: 0 points, [other-exit]
test_power: 0 points, [slope-upside-down]
test_needed: 0 points, [ratio-upside-down]
test_alone: 0 points, [lost-for-arriving]
test_together: 0 points, [runs-not-under-the-root]
"""

# --- phase
def phase_from_clicks(clicks, photons):
    return np.arccos(1 - 2 * clicks / photons)

# --- power
def power(photons_1, error_1, photons_2, error_2):
    return np.log(photons_2 / photons_1) / np.log(error_2 / error_1)

# --- needed
def photons_needed(photons, error, wanted):
    return photons * (wanted / error) ** 2

# --- alone
def alone_error(photons, arrive, runs):
    return 1 / np.sqrt(photons * runs * (1 - arrive))

# --- together
def together_error(photons, arrive, runs):
    return 1 / (photons * runs * arrive**photons)
