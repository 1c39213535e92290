"""A right answer with loops, lists and Python's own numbers.

"""

# --- predict
prediction = " E. "

# --- delays
def delays(times_a, times_b, longest):
    found = []
    start = 0
    for a in times_a:
        while start < len(times_b) and times_b[start] < a - longest:
            start += 1
        k = start
        while k < len(times_b) and times_b[k] <= a + longest:
            found.append(int(times_b[k] - a))
            k += 1
    return found

# --- peaks
def peak_counts(differences, period, half_window, peaks):
    counts = [0] * (2 * peaks + 1)
    for d in differences:
        m = round(int(d) / period)
        if -peaks <= m <= peaks and abs(int(d) - m * period) <= half_window:
            counts[m + peaks] += 1
    return counts

# --- g2
def g2_zero(counts):
    middle = len(counts) // 2
    others = [int(c) for i, c in enumerate(counts) if i != middle]
    mean = sum(others) / len(others)
    variance = counts[middle] / mean**2 + (counts[middle] / mean**2) ** 2 * sum(others) / len(others) ** 2
    return [counts[middle] / mean, variance**0.5]

# --- background
def corrected_g2(counts, valleys, ratio):
    # with the background's own error, which is the same b on top and below
    middle, k = len(counts) // 2, len(counts) - 1
    side = sum(counts) - counts[middle]
    b = ratio * sum(valleys) / len(valleys)
    b_variance = ratio**2 * sum(valleys) / len(valleys) ** 2
    below = side / k - b
    g = (counts[middle] - b) / below
    variance = (counts[middle] + g**2 * side / k**2 + (1 - g) ** 2 * b_variance) / below**2
    return g, variance**0.5

# --- anticorrelation
def anticorrelation(gates, clicks_a, clicks_b, coincidences):
    p_a, p_b, p_c = clicks_a / gates, clicks_b / gates, coincidences / gates
    alpha = p_c / p_a / p_b
    return alpha, alpha * (1 / coincidences + 1 / clicks_a + 1 / clicks_b) ** 0.5, p_a * p_b * gates
