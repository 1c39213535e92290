"""Adds the V part to the same sum of arrows; divides by the bright clicks; goes on after the bang.

test_predict: 0 points, [marker-inverts-the-fringes]
test_marker: 0 points, [turned-part-interferes]
test_visibility: 0 points, [divided-by-the-bright-clicks]
test_bomb: 0 points, [goes-on-after-the-bang]
"""

# --- predict
prediction = "d"

# --- marker
def marked_chances(phase, turn):
    upper = 0.5 * (np.cos(np.radians(turn)) + np.sin(np.radians(turn))) * np.exp(1j * np.radians(phase))
    return abs(upper + 0.5) ** 2, abs(upper - 0.5) ** 2

# --- visibility
def visibility(phases, clicks):
    bright, dark = clicks[phases == 0].sum(), clicks[phases == 180].sum()
    v = 1 - dark / bright
    return v, np.sqrt((1 - v**2) / (bright + dark))

# --- bomb
def bomb_test(photons):
    return 1 - (3 / 4) ** photons, 1 - (1 / 2) ** photons, (1 / 4) ** photons
