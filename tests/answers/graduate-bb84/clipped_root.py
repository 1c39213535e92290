"""Looks for the threshold as a root of the clipped secret fraction, and ends at 50 %.

test_secret: 0 points, [root-of-the-clipped-function]
test_predict: 0 points, [errors-are-the-only-loss]
"""

# --- predict
prediction = "b"

# --- secret
def secret_fraction(bit_error_rate, phase_error_rate, efficiency):
    def h(q):
        if q <= 0 or q >= 1:
            return 0
        return -q * np.log2(q) - (1 - q) * np.log2(1 - q)

    return max(0, 1 - efficiency * h(bit_error_rate) - h(phase_error_rate))


def error_rate_threshold(efficiency):
    from scipy.optimize import brentq

    return brentq(lambda q: secret_fraction(q, q, efficiency), 0, 0.5)
