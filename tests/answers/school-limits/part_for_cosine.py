"""Takes the part of clicks for the cosine, carries it on, and expects the error bar to go as 1/N for all photons.

test_predict: 0 points, [same-loss-for-both]
test_phase: 0 points, [part-for-cosine]
test_error_bar: 0 points, [part-for-cosine]
test_needed: 0 points, [error-goes-as-one-over-photons]
test_together: 0 points, [loss-ignored]
"""

# --- predict
prediction = "a"

# --- phase
def phase_from_clicks(clicks, photons):
    return np.arccos(clicks / photons)

# --- needed
def photons_needed(photons, error, wanted):
    return photons * error / wanted

# --- together
def together_error(photons, arrive, runs):
    return 1 / photons / np.sqrt(runs)
