"""A right answer with whole tables, histograms and other formulas for the same errors; delays as floating numbers.

"""

# --- delays
def delays(times_a, times_b, longest):
    table = (np.asarray(times_b, float)[None, :] - np.asarray(times_a, float)[:, None]).ravel()
    return table[np.abs(table) < longest + 0.5][::-1]

# --- peaks
def peak_counts(differences, period, half_window, peaks):
    d = np.asarray(differences)
    centres = period * np.arange(-peaks, peaks + 1)
    edges = np.ravel(np.column_stack([centres - half_window - 0.5, centres + half_window + 0.5]))
    return np.histogram(d, bins=edges)[0][::2]

# --- g2
def g2_zero(counts):
    half = counts.size // 2
    side = np.r_[counts[:half], counts[half + 1 :]]
    g = side.size * counts[half] / side.sum()
    return np.array([g, np.hypot(np.sqrt(counts[half]), g * np.sqrt(side.sum()) / side.size) / side.mean()])

# --- background
def corrected_g2(counts, valleys, ratio):
    half = counts.size // 2
    side = np.r_[counts[:half], counts[half + 1 :]]
    b = ratio * valleys.mean()
    above, below = counts[half] - b, side.mean() - b
    above_error = np.sqrt(counts[half] + ratio**2 * valleys.mean() / valleys.size)
    below_error = np.sqrt(side.mean() / side.size + ratio**2 * valleys.mean() / valleys.size)
    g = above / below
    return g, g * np.hypot(above_error / above, below_error / below)

# --- anticorrelation
def anticorrelation(gates, clicks_a, clicks_b, coincidences):
    alpha = gates * coincidences / (clicks_a * clicks_b)
    return {"all": (alpha, alpha * coincidences**-0.5, coincidences / alpha)}["all"]
