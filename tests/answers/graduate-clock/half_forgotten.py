"""Forgets a half, leaves the drift in, closes the gap, thinks of spectra, and lets everything average away.

test_predict: 0 points, [small-gain-wastes-data]
test_allan: 0 points, [half-forgotten]
test_spikes: 0 points, [drift-taken-for-noise]
test_drift: 0 points, [gap-closed-up]
test_kind: 0 points, [exponent-of-the-spectrum]
test_projection: 0 points, [floor-left-out]
test_servo: 0 points, [slope-of-one-side]
"""

# --- predict
prediction = "b"

# --- allan
def allan_deviation(phase_s, interval_s, m):
    second = phase_s[2 * m :] - 2 * phase_s[m:-m] + phase_s[: -2 * m]
    return np.sqrt(np.mean(second**2)) / (m * interval_s)

# --- spikes
def find_spikes(times_s, frequencies):
    deviations = np.abs(frequencies - np.median(frequencies))
    return deviations > 5 * 1.4826 * np.median(deviations)

# --- drift
def drift_per_day(times_s, frequencies, spikes):
    good = frequencies[~spikes]
    interval = times_s[1] - times_s[0]
    return 86400 * np.polyfit(np.arange(len(good)) * interval, good, 1)[0]

# --- kind
def slope_kind_size(taus_s, deviations):
    slope, start = np.polyfit(np.log(taus_s), np.log(deviations), 1)
    exponents = {-1: "flicker frequency", -0.5: "white frequency", 0: "white frequency", 1: "white phase"}
    return slope, exponents[min(exponents, key=lambda exponent: abs(exponent - slope))], np.exp(start)

# --- projection
def seconds_to_see(height_m, white_at_1s, floor, times):
    return (white_at_1s * times * C_M_S**2 / (G_M_S2 * height_m)) ** 2


def projection_noise(clock_hz, ramsey_s, cycle_s, atoms, tau_s):
    return np.sqrt(cycle_s / (atoms * tau_s)) / (2 * np.pi * clock_hz * ramsey_s)

# --- servo
def locked_laser(laser_hz, draws, ramsey_s, atoms, gain):
    correction, locked = 0.0, []
    for laser, draw in zip(laser_hz, draws):
        off = laser - correction
        locked.append(off.mean())
        p = (1 + np.sin(2 * np.pi * off * ramsey_s) * np.array([1, -1])) / 2
        found = p + draw * np.sqrt(p * (1 - p) / atoms)
        correction += gain * (found[0] - found[1]) / (np.pi * ramsey_s)
    return locked
