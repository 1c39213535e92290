"""A right answer with complex numbers for arrows, another common phase, and closed forms.

"""

# --- predict
prediction = "(C)"

# --- chances
def chances(upper_share, phase):
    ways = 1j * np.array([np.sqrt(upper_share) * np.exp(1j * np.deg2rad(phase)), np.sqrt(1 - upper_share)])
    mirror = np.array([[1, 1], [1, -1]]) / np.sqrt(2)
    return np.abs(mirror @ ways) ** 2

# --- marker
def marked_chances(phase, turn):
    fringe = np.cos(np.radians(turn)) * np.cos(np.radians(phase))
    return np.array([1 + fringe, 1 - fringe]) / 2

# --- visibility
def visibility(phases, clicks):
    bright = clicks[phases == 0].sum()
    dark = clicks[phases == 180].sum()
    return (bright - dark) / (bright + dark), 2 * np.sqrt(bright * dark / (bright + dark) ** 3)

# --- knowledge
def knowledge(right, wrong):
    return 2 * right / (right + wrong) - 1, 2 * np.sqrt(right * wrong) / (right + wrong)

# --- bomb
def bomb_test(photons):
    left = 4.0**-photons
    return (1 - left) / 3, (2 - 2 * left) / 3, left
