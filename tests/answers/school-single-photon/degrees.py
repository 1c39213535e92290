"""Gives degrees to sine and cosine; loses the photons that end as V; the error of the share for that of V.

test_chances: 0 points, [degrees-for-radians]
test_marker: 0 points, [turned-part-lost]
test_visibility: 0 points, [error-of-the-share]
"""

# --- chances
def chances(upper_share, phase):
    u, l = np.sqrt(upper_share / 2), np.sqrt((1 - upper_share) / 2)
    x, y = u * np.cos(phase), u * np.sin(phase)
    return (x + l) ** 2 + y**2, (x - l) ** 2 + y**2

# --- marker
def marked_chances(phase, turn):
    f, t = np.deg2rad(phase), np.deg2rad(turn)
    x, y = 0.5 * np.cos(t) * np.cos(f), 0.5 * np.cos(t) * np.sin(f)
    return (x + 0.5) ** 2 + y**2, (x - 0.5) ** 2 + y**2

# --- visibility
def visibility(phases, clicks):
    bright = sum(clicks[phases == 0])
    dark = sum(clicks[phases == 180])
    n = bright + dark
    p = bright / n
    return 2 * p - 1, np.sqrt(p * (1 - p) / n)
