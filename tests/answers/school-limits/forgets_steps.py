"""Forgets to subtract one, gives theory's power for the data, and lets alone what belongs together and the other way.

test_phase: 0 points, [minus-one-forgotten]
test_error_bar: 0 points, [follows-from-task-2]
test_power: 0 points, [theory-for-data]
test_alone: 0 points, [all-must-arrive]
test_together: 0 points, [as-if-alone]
"""

# --- phase
def phase_from_clicks(clicks, photons):
    return np.arccos(min(2 * clicks / photons, 1))

# --- power
def power(photons_1, error_1, photons_2, error_2):
    return -1 / 2

# --- alone
def alone_error(photons, arrive, runs):
    return 1 / np.sqrt(photons * runs * arrive**photons)

# --- together
def together_error(photons, arrive, runs):
    return 1 / np.sqrt(photons * runs * arrive)
