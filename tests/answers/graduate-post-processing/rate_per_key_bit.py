"""Gives the rate per key bit, a key of negative ignorance beyond one half, and the latest quiet minutes without end.

test_length: 0 points, [entropy-falls-again]
test_watch: 0 points, [reference-without-end]
"""

# --- length
def h(q):
    return -q * np.log2(q) - (1 - q) * np.log2(1 - q)


def key_length(key_bits, phase_error, told, tag_bits, eps):
    length = int(key_bits * (1 - h(phase_error)) - told - tag_bits - 2 * np.log2(1 / eps))
    return (length, length + key_bits - 1) if length > 0 else (0, 0)


def rate_of_block(total, tested, error_rate, efficiency_factor, tag_bits, eps):
    n = total - tested
    bound = upper_bounds(error_rate * tested, tested, n, eps)[2]
    return key_length(n, bound, efficiency_factor * n * h(error_rate), tag_bits, eps)[0] / n

# --- watch
def watch(tested, wrong, window, false_alarm):
    alarms, quiet = [0] * window, list(range(window))
    for minute in range(window, len(tested)):
        bits, errors = tested[quiet].sum(), wrong[quiet].sum()
        p = stats.hypergeom.sf(wrong[minute] - 1, bits + tested[minute], errors + wrong[minute], tested[minute])
        alarms.append(int(p < false_alarm / (len(tested) - window)))
        if not alarms[-1]:
            quiet.append(minute)
    return alarms
