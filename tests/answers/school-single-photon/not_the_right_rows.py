"""Adds x and y before the square, forgets the V part at A, and counts every other row as dark.

test_chances: 0 points, [coordinates-added]
test_marker: 0 points, [turned-part-lost]
test_visibility: 0 points, [other-phases-counted-as-dark]
"""

# --- chances
def chances(upper_share, phase):
    upper, lower = np.sqrt(upper_share / 2), np.sqrt((1 - upper_share) / 2)
    x, y = upper * np.cos(np.radians(phase)), upper * np.sin(np.radians(phase))
    return (x + lower + y) ** 2, (x - lower + y) ** 2

# --- marker
def marked_chances(phase, turn):
    phase, stays = np.radians(phase), 0.5 * np.cos(np.radians(turn))
    at_a = (stays * np.cos(phase) + 0.5) ** 2 + (stays * np.sin(phase)) ** 2
    return at_a, 1 - at_a

# --- visibility
def visibility(phases, clicks):
    bright = dark = 0
    for phase, number in zip(phases, clicks):
        if phase == 0:
            bright += number
        else:
            dark += number
    value = (bright - dark) / (bright + dark)
    return value, np.sqrt((1 - value**2) / (bright + dark))
