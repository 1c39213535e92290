"""Sends one photon only; forgets a square root; takes the root of N for the error of V; squares the overlap too early.

test_marker: 0 points, [overlap-squared]
test_visibility: 0 points, [error-of-the-count]
test_knowledge: 0 points, [square-root-forgotten]
test_bomb: 0 points, [first-photon-only]
"""

# --- marker
def marked_chances(phase, turn):
    overlap = np.cos(np.radians(turn)) ** 2
    at_a = 0.5 + 0.5 * overlap * np.cos(np.radians(phase))
    return at_a, 1 - at_a

# --- visibility
def visibility(phases, clicks):
    bright, dark = clicks[phases == 0].sum(), clicks[phases == 180].sum()
    return (bright - dark) / (bright + dark), np.sqrt(bright + dark)

# --- knowledge
def knowledge(right, wrong):
    known = (right - wrong) / (right + wrong)
    return known, 1 - known**2

# --- bomb
def bomb_test(photons):
    return 1 / 4, 1 / 2, 1 / 4
