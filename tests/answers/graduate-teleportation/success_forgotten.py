"""Forgets the success: the fidelity is not that of the kept pairs, and each step costs two pairs.

test_purify: 0 points, [not-divided-by-the-success]
test_cost: 0 points, [success-forgotten]
"""

# --- purify
def purify(fidelity):
    q = (1 - fidelity) / 3
    return fidelity**2 + q**2, fidelity**2 + 2 * fidelity * q + 5 * q**2

# --- cost
def cost(fidelity, target):
    steps = 0
    if fidelity <= 0.5 and fidelity < target:
        return None, None
    while fidelity < target:
        q = (1 - fidelity) / 3
        fidelity = (fidelity**2 + q**2) / (fidelity**2 + 2 * fidelity * q + 5 * q**2)
        steps += 1
    return steps, 2**steps
