"""Forgets that zero times the logarithm of zero is not a number; gives the spread of one bit for the standard error.

test_secret: 0 points, there is a NaN
test_estimate: 0 points, [spread-of-one-bit]
test_rate: 0 points, there is a NaN
"""

# --- estimate
def estimate_error_rate(alice_bits, bob_bits, z):
    differs = (alice_bits != bob_bits).astype(float)
    n = differs.size
    q = differs.mean()
    roots = np.roots([1 + z**2 / n, -(2 * q + z**2 / n), q**2])
    return q, differs.std(), min(roots), max(roots)

# --- secret
def secret_fraction(bit_error_rate, phase_error_rate, efficiency):
    q = np.array([bit_error_rate, phase_error_rate])
    h = -q * np.log2(q) - (1 - q) * np.log2(1 - q)
    return np.maximum(0, 1 - efficiency * h[0] - h[1])


def error_rate_threshold(efficiency):
    from scipy.optimize import brentq

    return brentq(lambda q: 1 + (1 + efficiency) * (q * np.log2(q) + (1 - q) * np.log2(1 - q)), 1e-9, 0.5)
