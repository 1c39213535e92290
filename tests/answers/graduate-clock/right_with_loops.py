"""A right answer with loops: averages of frequencies, running medians, sums for the line, and the cosine itself."""

# --- predict
prediction = "C)"

# --- allan
def allan_deviation(phase_s, interval_s, m):
    frequencies = [(phase_s[k + 1] - phase_s[k]) / interval_s for k in range(len(phase_s) - 1)]
    total, count = 0.0, 0
    for k in range(len(frequencies) - 2 * m + 1):
        first = sum(frequencies[k : k + m]) / m
        second = sum(frequencies[k + m : k + 2 * m]) / m
        total += (second - first) ** 2
        count += 1
    return (total / count / 2) ** 0.5

# --- spikes
def find_spikes(times_s, frequencies):
    rest = []
    for k in range(len(frequencies)):
        around = frequencies[max(0, k - 7) : k + 8]
        rest.append(frequencies[k] - np.median(around))
    spread = 1.4826 * np.median(np.abs(rest))
    return [bool(abs(value) > 7 * spread) for value in rest]

# --- drift
def drift_per_day(times_s, frequencies, spikes):
    days = [t / 86400 for t, spike in zip(times_s, spikes) if not spike]
    values = [y for y, spike in zip(frequencies, spikes) if not spike]
    middle, mean = sum(days) / len(days), sum(values) / len(values)
    upper = sum((day - middle) * (value - mean) for day, value in zip(days, values))
    return upper / sum((day - middle) ** 2 for day in days)

# --- kind
def slope_kind_size(taus_s, deviations):
    u, v = np.log10(taus_s), np.log10(deviations)
    slope = np.sum((u - u.mean()) * (v - v.mean())) / np.sum((u - u.mean()) ** 2)
    if slope < -0.75:
        name, exact = "White phase", -1
    elif slope < -0.25:
        name, exact = "White frequency", -1 / 2
    elif slope < 0.25:
        name, exact = "Flicker frequency", 0
    elif slope < 0.75:
        name, exact = "Random walk frequency", 1 / 2
    else:
        name, exact = "Drift", 1
    product = 1.0
    for tau, deviation in zip(taus_s, deviations):
        product *= (deviation / tau**exact) ** (1 / len(taus_s))
    return slope, name, product

# --- projection
def projection_noise(clock_hz, ramsey_s, cycle_s, atoms, tau_s):
    cycles = tau_s / cycle_s
    radians = 1 / (atoms * cycles) ** 0.5
    return radians / (2 * np.pi * ramsey_s) / clock_hz


def seconds_to_see(height_m, white_at_1s, floor, times):
    left = (9.8 * height_m / 9e16 / times) ** 2 - floor**2
    if left > 0:
        return white_at_1s**2 / left

# --- servo
import math


def locked_laser(laser_hz, draws, ramsey_s, atoms, gain):
    correction = 0
    locked = []
    for k in range(len(laser_hz)):
        found = []
        for j, shift in enumerate((-1 / (4 * ramsey_s), 1 / (4 * ramsey_s))):
            delta = laser_hz[k][j] - correction + shift
            p = 0.5 * (1 + math.cos(2 * math.pi * delta * ramsey_s))
            found.append(p + draws[k][j] * math.sqrt(p * (1 - p) / atoms))
        locked.append((laser_hz[k][0] + laser_hz[k][1]) / 2 - correction)
        correction = correction + gain * (found[0] - found[1]) / (2 * math.pi * ramsey_s)
    return locked
