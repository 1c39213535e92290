"""Exchanges n and k in Serfling's bound, and carries it on into the rate, where it costs nothing again.

test_bounds: 0 points, [key-bits-for-test-bits]
"""

# --- bounds
def upper_bounds(wrong, tested, key_bits, eps):
    rate, log = wrong / tested, np.log(1 / eps)
    clopper_pearson = 1.0 if wrong == tested else stats.beta.ppf(1 - eps, wrong + 1, tested - wrong)
    serfling = rate + np.sqrt((key_bits + tested) * (key_bits + 1) * log / (2 * tested * key_bits**2))
    return min(1, rate + np.sqrt(log / (2 * tested))), clopper_pearson, min(1, serfling)
