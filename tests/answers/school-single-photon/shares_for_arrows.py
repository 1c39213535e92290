"""Halves where a square root belongs, lets the marker work evenly, takes means, always divides by 1000, divides too soon.

test_chances: 0 points, [second-mirror-halves-the-arrow]
test_marker: 0 points, [share-goes-evenly-with-the-turn]
test_visibility: 0 points, [mean-for-sum]
test_knowledge: 0 points, [always-a-thousand-guesses]
test_bomb: 0 points, [undecided-changed-first]
"""

# --- chances
def chances(upper_share, phase):
    upper, lower = np.sqrt(upper_share) / 2, np.sqrt(1 - upper_share) / 2
    x, y = upper * np.cos(np.radians(phase)), upper * np.sin(np.radians(phase))
    return (x + lower) ** 2 + y**2, (x - lower) ** 2 + y**2

# --- marker
def marked_chances(phase, turn):
    fringe = (1 - turn / 90) * np.cos(np.radians(phase))
    return (1 + fringe) / 2, (1 - fringe) / 2

# --- visibility
def visibility(phases, clicks):
    bright, dark = np.mean(clicks[phases == 0]), np.mean(clicks[phases == 180])
    value = (bright - dark) / (bright + dark)
    return value, np.sqrt((1 - value**2) / (bright + dark))

# --- knowledge
def knowledge(right, wrong):
    known = (right - wrong) / 1000
    return known, np.sqrt(1 - known**2)

# --- bomb
def bomb_test(photons):
    undecided, found, exploded = 1, 0, 0
    for _ in range(photons):
        undecided = undecided / 4
        found += undecided / 4
        exploded += undecided / 2
    return found, exploded, undecided
