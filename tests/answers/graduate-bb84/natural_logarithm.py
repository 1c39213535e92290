"""Measures entropy in nats, and lets the entropy of zero become NaN.

test_secret: 0 points, [natural-logarithm]
test_rate: 0 points, [follows-from-question-6]
test_estimate: 0 points, [interval-around-the-estimate]
"""

# --- estimate
def estimate_error_rate(alice_bits, bob_bits, z):
    n = len(alice_bits)
    q = sum(alice_bits != bob_bits) / n
    se = np.sqrt(q * (1 - q) / n)
    return q, se, max(0, q - z * se), min(1, q + z * se)

# --- secret
def h(q):
    if q == 0 or q == 1:
        return 0
    return -q * np.log(q) - (1 - q) * np.log(1 - q)


def secret_fraction(bit_error_rate, phase_error_rate, efficiency):
    return max(0, 1 - efficiency * h(bit_error_rate) - h(phase_error_rate))


def error_rate_threshold(efficiency):
    low, high = 0, 0.5
    while high - low > 1e-9:
        middle = (low + high) / 2
        if secret_fraction(middle, middle, efficiency) > 0:
            low = middle
        else:
            high = middle
    return low
