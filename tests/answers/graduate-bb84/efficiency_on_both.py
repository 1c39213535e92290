"""Multiplies the phase errors by the efficiency of error correction as well.

test_secret: 0 points, [efficiency-on-both-terms]
test_rate: 0 points, [follows-from-question-6]
"""

# --- secret
def binary_entropy(q):
    if q == 0:
        return 0
    return -q * np.log2(q) - (1 - q) * np.log2(1 - q)


def secret_fraction(bit_error_rate, phase_error_rate, efficiency):
    r = 1 - efficiency * (binary_entropy(bit_error_rate) + binary_entropy(phase_error_rate))
    return max(0, r)


def error_rate_threshold(efficiency):
    qs = np.linspace(0, 0.2, 2001)
    return max(q for q in qs if secret_fraction(q, q, efficiency) > 0)
