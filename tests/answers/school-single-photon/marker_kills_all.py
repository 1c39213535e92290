"""Any marker kills the whole fringe, knowledge and visibility add up to one, and chances of photons are added.

test_marker: 0 points, [marker-always-perfect]
test_knowledge: 0 points, [knowledge-and-visibility-add-up]
test_bomb: 0 points, [chances-simply-added]
"""

# --- marker
def marked_chances(phase, turn):
    if turn == 0:
        return chances(0.5, phase)
    return 0.5, 0.5

# --- knowledge
def knowledge(right, wrong):
    known = (right - wrong) / (right + wrong)
    return known, 1 - known

# --- bomb
def bomb_test(photons):
    return photons * 0.25, photons * 0.5, 1 - photons * 0.75
