"""Thinks of the pair as two equal coins, and looks into one basis only.

test_predict: 0 points, [pair-is-two-equal-coins]
test_product: 0 points, [zero-amplitude-means-entangled]
test_evidence: 0 points, [one-basis-is-enough]
"""

# --- predict
prediction = "b"

# --- product
def is_product(state):
    for amplitude in state:
        if amplitude == 0:
            return False
    return True

# --- evidence
def evidence(rectilinear_counts, diagonal_counts):
    total = 0
    for counts in (rectilinear_counts, diagonal_counts):
        n = sum(counts)
        total += abs(counts[0] + counts[3] - counts[1] - counts[2]) / n
    return total

entangled_lamps = "a"
