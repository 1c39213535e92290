"""Compares frequencies with zero, finds spikes upwards only, and gives the laser after its correction.

test_allan: 0 points, [phase-taken-for-frequency]
test_spikes: 0 points, [spikes-upwards-only]
test_drift: 0 points, [good-left-out]
test_kind: 0 points, [sign-of-the-slope-lost]
test_projection: 0 points, [atoms-not-under-the-root]
test_servo: 0 points, [corrected-before-measured]
"""

# --- allan
def allan_deviation(phase_s, interval_s, m):
    averages = np.convolve(phase_s, np.ones(m) / m, mode="valid")
    return np.sqrt(np.mean((averages[m:] - averages[:-m]) ** 2) / 2)

# --- spikes
def find_spikes(times_s, frequencies):
    good = np.ones(len(frequencies), dtype=bool)
    for _ in range(10):
        rest = frequencies - np.polyval(np.polyfit(times_s[good], frequencies[good], 1), times_s)
        spread = 1.4826 * np.median(np.abs(rest[good]))
        good = np.abs(rest) <= 5 * spread
    return rest > 5 * spread

# --- drift
def drift_per_day(times_s, frequencies, spikes):
    return 86400 * np.polyfit(times_s[spikes], frequencies[spikes], 1)[0]

# --- kind
def slope_kind_size(taus_s, deviations):
    slope = np.polyfit(np.log(1 / taus_s), np.log(deviations), 1)[0]
    return slope, "white frequency", deviations[0]

# --- projection
def projection_noise(clock_hz, ramsey_s, cycle_s, atoms, tau_s):
    return np.sqrt(cycle_s / tau_s) / atoms / (2 * np.pi * clock_hz * ramsey_s)

# --- servo
def locked_laser(laser_hz, draws, ramsey_s, atoms, gain):
    correction, locked = 0.0, []
    for laser, draw in zip(laser_hz, draws):
        off = laser - correction
        p = (1 + np.sin(2 * np.pi * off * ramsey_s) * np.array([1, -1])) / 2
        found = p + draw * np.sqrt(p * (1 - p) / atoms)
        correction += gain * (found[0] - found[1]) / (2 * np.pi * ramsey_s)
        locked.append(laser.mean() - correction)
    return locked
