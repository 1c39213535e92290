"""Keeps the surviving photons entangled, loses the sign of the slope, and assumes a perfect apparatus.

test_predict: 0 points, [rest-acts-alone]
test_power: 0 points, [sign-of-the-power-lost]
test_needed: 0 points, [perfect-apparatus-assumed]
test_alone: 0 points, [loss-ignored]
test_together: 0 points, [survivors-stay-entangled]
"""

# --- predict
prediction = "c"

# --- power
def power(photons_1, error_1, photons_2, error_2):
    return abs(np.log(error_1 / error_2) / np.log(photons_1 / photons_2))

# --- needed
def photons_needed(photons, error, wanted):
    return wanted**-2

# --- alone
def alone_error(photons, arrive, runs):
    return (photons * runs) ** -0.5

# --- together
def together_error(photons, arrive, runs):
    return 1 / (arrive * photons) / np.sqrt(runs)
