"""Compares windows that share points, marks neighbours, sets spikes to zero, and lets the servo forget.

test_predict: 0 points, [corrections-walk-away]
test_allan: 0 points, [windows-share-points]
test_spikes: 0 points, [neighbour-of-a-spike]
test_drift: 0 points, [spikes-set-to-zero]
test_kind: 0 points, [one-logarithm-only]
test_projection: 0 points, [linewidth-twice-too-large]
test_servo: 0 points, [correction-forgets]
"""

# --- predict
prediction = "d"

# --- allan
def allan_deviation(phase_s, interval_s, m):
    averages = np.convolve(np.diff(phase_s) / interval_s, np.ones(m) / m, mode="valid")
    return np.sqrt(np.mean(np.diff(averages) ** 2) / 2)

# --- spikes
def find_spikes(times_s, frequencies):
    steps = np.diff(frequencies, prepend=frequencies[0])
    middle = np.median(steps)
    return np.abs(steps - middle) > 5 * 1.4826 * np.median(np.abs(steps - middle))

# --- drift
def drift_per_day(times_s, frequencies, spikes):
    frequencies[spikes] = 0
    return 86400 * np.polyfit(times_s, frequencies, 1)[0]

# --- kind
def slope_kind_size(taus_s, deviations):
    return np.polyfit(taus_s, np.log(deviations), 1)[0], "flicker frequency", np.mean(deviations)

# --- projection
def projection_noise(clock_hz, ramsey_s, cycle_s, atoms, tau_s):
    return np.sqrt(cycle_s / (atoms * tau_s)) / (np.pi * clock_hz * ramsey_s)


def seconds_to_see(height_m, white_at_1s, floor, times):
    allowed = 9.81 * height_m / C_M_S**2 / times
    return white_at_1s**2 / (allowed**2 - floor**2) if allowed > floor else None

# --- servo
def locked_laser(laser_hz, draws, ramsey_s, atoms, gain):
    correction, locked = 0.0, []
    for laser, draw in zip(laser_hz, draws):
        off = laser - correction
        locked.append(off.mean())
        p = (1 + np.sin(2 * np.pi * off * ramsey_s) * np.array([1, -1])) / 2
        found = p + draw * np.sqrt(p * (1 - p) / atoms)
        correction = gain * (found[0] - found[1]) / (2 * np.pi * ramsey_s)
    return locked
