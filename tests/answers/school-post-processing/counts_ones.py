"""Takes the number of ones for the parity, which carries on into every comparison, and lets Eve be deaf.

test_predict: 0 points, [parity-is-the-count]
test_parity: 0 points, [count-for-parity]
test_compare: 0 points, [counts-compared]
test_bisect: 0 points, [counts-compared]
test_one_pass: 0 points, [counts-compared]
test_secret: 0 points, [told-is-free]
"""

# --- predict
prediction = "d"

# --- parity
def parity(bits):
    return np.sum(bits)

# --- secret
def secret_length(length, told, eve_share, margin):
    return max(0, int(length * (1 - eve_share) - margin))
