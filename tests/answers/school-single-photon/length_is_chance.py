"""Takes the probability for the length of an arrow, and half a photon for each detector; a share for knowledge.

test_predict: 0 points, [photon-splits-in-half]
test_chances: 0 points, [probability-for-length]
test_knowledge: 0 points, [share-for-knowledge]
"""

# --- predict
prediction = "e"

# --- chances
def chances(upper_share, phase):
    upper = upper_share / 2
    lower = (1 - upper_share) / 2
    x = upper * np.cos(np.radians(phase))
    y = upper * np.sin(np.radians(phase))
    return [(x + lower) ** 2 + y**2, (x - lower) ** 2 + y**2]

# --- knowledge
def knowledge(right, wrong):
    share = right / (right + wrong)
    return share, np.sqrt(1 - share**2)
