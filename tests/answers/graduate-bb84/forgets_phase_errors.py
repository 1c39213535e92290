"""Pays for error correction only: what Eve learned in the fibre is forgotten.

test_predict: 0 points, [forgot-phase-errors]
test_secret: 0 points, [forgot-phase-errors]
test_rate: 0 points, [follows-from-question-6]
"""

# --- predict
prediction = "c"

# --- secret
def secret_fraction(bit_error_rate, phase_error_rate, efficiency):
    q = bit_error_rate
    if q == 0:
        return 1
    h = -q * np.log2(q) - (1 - q) * np.log2(1 - q)
    return max(0, 1 - efficiency * h)


def error_rate_threshold(efficiency):
    from scipy.optimize import brentq

    def f(q):
        return 1 + efficiency * (q * np.log2(q) + (1 - q) * np.log2(1 - q))

    return brentq(f, 1e-12, 0.5)
