"""Lets one photon arrive for all, lets loss act outside of the root, and takes the error of the mean.

test_predict: 0 points, [loss-costs-its-share]
test_error_bar: 0 points, [error-of-the-mean]
test_alone: 0 points, [loss-not-under-the-root]
test_together: 0 points, [one-photon-for-all]
"""

# --- predict
prediction = "b"

# --- error_bar
def error_bar(clicks, photons):
    phases = [phase_from_clicks(number, photons) for number in clicks]
    return np.std(phases, ddof=1) / len(phases) ** 0.5

# --- alone
def alone_error(photons, arrive, runs):
    return 1 / np.sqrt(photons * runs) / arrive

# --- together
def together_error(photons, arrive, runs):
    return 1 / (photons * np.sqrt(runs * arrive))
