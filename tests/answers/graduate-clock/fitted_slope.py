"""Goes on to 1 s with the fitted slope, loses the drift's sign, and keeps a part of the correction only.

test_drift: 0 points, [sign-of-the-drift-lost]
test_kind: 0 points, [fitted-slope-for-the-kinds]
test_projection: 0 points, [floor-not-multiplied]
test_servo: 0 points, [correction-leaks]
"""

# --- drift
def drift_per_day(times_s, frequencies, spikes):
    return abs(86400 * np.polyfit(times_s[~spikes], frequencies[~spikes], 1)[0])

# --- kind
def slope_kind_size(taus_s, deviations):
    slope, start = np.polyfit(np.log10(taus_s), np.log10(deviations), 1)
    names = ["white phase", "white frequency", "flicker frequency", "random walk frequency", "drift"]
    return slope, names[int(round(2 * slope)) + 2], 10**start

# --- projection
def projection_noise(clock_hz, ramsey_s, cycle_s, atoms, tau_s):
    return np.sqrt(cycle_s / (atoms * tau_s)) / (2 * np.pi * clock_hz * ramsey_s)


def seconds_to_see(height_m, white_at_1s, floor, times):
    left = (G_M_S2 * height_m / C_M_S**2) ** 2 - floor**2
    return (times * white_at_1s) ** 2 / left if left > 0 else None

# --- servo
def locked_laser(laser_hz, draws, ramsey_s, atoms, gain):
    correction, locked = 0.0, []
    for laser, draw in zip(laser_hz, draws):
        off = laser - correction
        locked.append(off.mean())
        p = (1 + np.sin(2 * np.pi * off * ramsey_s) * np.array([1, -1])) / 2
        found = p + draw * np.sqrt(p * (1 - p) / atoms)
        correction = (1 - gain) * correction + gain * (found[0] - found[1]) / (2 * np.pi * ramsey_s)
    return locked
