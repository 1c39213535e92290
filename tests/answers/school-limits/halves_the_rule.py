"""Subtracts a half in place of one, carries it on, takes one point for a slope, and lets loss help.

test_phase: 0 points, [factor-two-forgotten]
test_error_bar: 0 points, [follows-from-task-2]
test_power: 0 points, [one-point-only]
test_alone: 0 points, [loss-makes-better]
test_together: 0 points, [complete-runs-rounded]
"""

# --- phase
def phase_from_clicks(clicks, photons):
    return np.arccos(clicks / photons - 1 / 2)

# --- power
def power(photons_1, error_1, photons_2, error_2):
    return np.log(error_2) / np.log(photons_2)

# --- alone
def alone_error(photons, arrive, runs):
    return arrive / np.sqrt(photons * runs)

# --- together
def together_error(photons, arrive, runs):
    complete = max(1, int(runs * arrive**photons))
    return 1 / (photons * np.sqrt(complete))
