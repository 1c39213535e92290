"""Leaves out square roots and logarithms.

test_error_bar: 0 points, [variance-for-deviation]
test_power: 0 points, [ratios-without-logarithm]
test_alone: 0 points, [root-forgotten]
test_together: 0 points, [loss-not-under-the-root]
"""

# --- error_bar
def error_bar(clicks, photons):
    return np.var([phase_from_clicks(number, photons) for number in clicks])

# --- power
def power(photons_1, error_1, photons_2, error_2):
    return (error_2 / error_1) / (photons_2 / photons_1)

# --- alone
def alone_error(photons, arrive, runs):
    return 1 / (photons * arrive * runs)

# --- together
def together_error(photons, arrive, runs):
    return 1 / (photons * arrive**photons * np.sqrt(runs))
