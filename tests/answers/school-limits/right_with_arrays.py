"""A right answer with arrays, a fitted line for two points, and roots taken apart; numbers come in arrays of one."""

# --- phase
def phase_from_clicks(clicks, photons):
    return np.pi / 2 - np.arcsin(2 * np.asarray(clicks) / photons - 1)

# --- error_bar
def error_bar(clicks, photons):
    return phase_from_clicks(clicks, photons).std(ddof=1)

# --- power
def power(photons_1, error_1, photons_2, error_2):
    slope, _ = np.polyfit(np.log10([photons_1, photons_2]), np.log10([error_1, error_2]), 1)
    return slope

# --- needed
def photons_needed(photons, error, wanted):
    return np.array([photons * error**2 / wanted**2])

# --- alone
def alone_error(photons, arrive, runs):
    return np.sqrt(1 / (photons * arrive)) / np.sqrt(runs)

# --- together
def together_error(photons, arrive, runs):
    return [np.exp(-0.5 * photons * np.log(arrive)) / (photons * runs**0.5)]
