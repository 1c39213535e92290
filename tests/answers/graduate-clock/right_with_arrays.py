"""A right answer with arrays: sums of frequencies, Theil and Sen's line, least squares by matrix, and no state but one."""

# --- allan
def allan_deviation(phase_s, interval_s, m):
    y = np.diff(phase_s) / interval_s
    sums = np.concatenate([[0.0], np.cumsum(y)])
    averages = (sums[m:] - sums[:-m]) / m
    return np.array([np.sqrt(0.5 * np.mean((averages[m:] - averages[:-m]) ** 2))])

# --- spikes
from scipy import stats


def find_spikes(times_s, frequencies):
    slope, start, *_ = stats.theilslopes(frequencies, times_s)
    rest = frequencies - start - slope * times_s
    return np.abs(rest) > 6 * stats.median_abs_deviation(rest, scale="normal")

# --- drift
def drift_per_day(times_s, frequencies, spikes):
    good = np.flatnonzero(np.logical_not(spikes))
    days = (times_s[good] - times_s[good].mean()) / 86_400
    matrix = np.column_stack([np.ones_like(days), days])
    return np.linalg.lstsq(matrix, 1e15 * frequencies[good], rcond=None)[0][1] * 1e-15

# --- kind
def slope_kind_size(taus_s, deviations):
    slope = np.polyfit(np.log2(taus_s), np.log2(deviations**2), 1)[0] / 2
    names = np.array(["white phase", "white frequency", "flicker frequency", "random walk frequency", "drift"])
    slopes = np.linspace(-1, 1, 5)
    nearest = np.argmin(abs(slopes - slope))
    return [slope, str(names[nearest]), np.array([np.mean(deviations / taus_s ** slopes[nearest])])]

# --- projection
def projection_noise(clock_hz, ramsey_s, cycle_s, atoms, tau_s):
    linewidth = 0.5 / ramsey_s
    return linewidth / (np.pi * clock_hz) * np.sqrt(cycle_s / atoms / tau_s)


def seconds_to_see(height_m, white_at_1s, floor, times):
    wanted = G_M_S2 * height_m / C_M_S**2 / times
    return None if wanted < floor else np.float64(white_at_1s**2 / (wanted + floor) / (wanted - floor))

# --- servo
def locked_laser(laser_hz, draws, ramsey_s, atoms, gain):
    corrections = np.zeros(len(laser_hz) + 1)
    signs = np.array([1.0, -1.0])
    for k, (laser, draw) in enumerate(zip(np.asarray(laser_hz), np.asarray(draws))):
        sine = np.sin(2 * np.pi * ramsey_s * (laser - corrections[k]))
        p = np.cos((np.arccos(np.clip(sine, -1, 1)) * signs + (signs < 0) * np.pi) / 2) ** 2
        found = p + draw * np.sqrt(p * (1 - p) / atoms)
        corrections[k + 1] = corrections[k] + gain * np.dot(signs, found) / (2 * np.pi * ramsey_s)
    return (np.mean(laser_hz, axis=1) - corrections[:-1]).tolist()
