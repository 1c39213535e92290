"""Nobody reads the marker, so it changes nothing; and a bomb that does not go off changes nothing either.

test_predict: 0 points, [somebody-has-to-look]
test_marker: 0 points, [marker-ignored]
test_bomb: 0 points, [fringe-survives-the-bomb]
"""

# --- predict
prediction = "a"

# --- marker
def marked_chances(phase, turn):
    return chances(0.5, phase)

# --- bomb
def bomb_test(photons):
    return 0, 1 - 0.5**photons, 0.5**photons
