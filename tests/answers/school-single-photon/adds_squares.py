"""Never adds arrows: a photon takes one way, and the squares add up; picks the two extreme rows of the table.

test_predict: 0 points, [photon-always-took-one-way]
test_chances: 0 points, [probabilities-added]
test_visibility: 0 points, [picks-the-largest-and-the-smallest-row]
"""

# --- predict
prediction = "b"

# --- chances
def chances(upper_share, phase):
    at_a = upper_share * 0.5 + (1 - upper_share) * 0.5
    at_b = upper_share * 0.5 + (1 - upper_share) * 0.5
    return at_a, at_b

# --- visibility
def visibility(phases, clicks):
    bright, dark = max(clicks), min(clicks)
    v = (bright - dark) / (bright + dark)
    return v, np.sqrt((1 - v**2) / (bright + dark))
