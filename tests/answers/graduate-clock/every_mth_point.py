"""Uses every m-th point, throws good readings away, takes two readings for the drift, and straightens the fringe.

test_allan: 0 points, [pairs-do-not-overlap]
test_spikes: 0 points, [median-deviation-for-standard-deviation]
test_drift: 0 points, [first-and-last-only]
test_kind: 0 points, [first-and-last-only]
test_projection: 0 points, [averaging-always-helps]
test_servo: 0 points, [fringe-taken-for-a-line]
"""

# --- allan
def allan_deviation(phase_s, interval_s, m):
    averages = np.diff(phase_s[::m]) / (m * interval_s)
    return np.sqrt(np.mean(np.diff(averages) ** 2) / 2)

# --- spikes
def find_spikes(times_s, frequencies):
    good = np.full(len(frequencies), True)
    for _ in range(20):
        line = np.polyfit(times_s[good], frequencies[good], 1)
        rest = frequencies - np.polyval(line, times_s)
        rest = rest - np.median(rest[good])
        good = np.abs(rest) <= 5 * np.median(np.abs(rest[good]))
    return ~good

# --- drift
def drift_per_day(times_s, frequencies, spikes):
    t, y = times_s[~spikes], frequencies[~spikes]
    return (y[-1] - y[0]) / (t[-1] - t[0]) * 86400

# --- kind
def slope_kind_size(taus_s, deviations):
    slope = np.log(deviations[-1] / deviations[0]) / np.log(taus_s[-1] / taus_s[0])
    names = ["white phase", "white frequency", "flicker frequency", "random walk frequency", "drift"]
    return slope, names[int(round(2 * slope)) + 2], deviations[0] / taus_s[0] ** slope

# --- projection
def projection_noise(clock_hz, ramsey_s, cycle_s, atoms, tau_s):
    return np.sqrt(cycle_s / (atoms * tau_s)) / (2 * np.pi * clock_hz * ramsey_s)


def seconds_to_see(height_m, white_at_1s, floor, times):
    allowed = G_M_S2 * height_m / C_M_S**2 / times
    return abs(white_at_1s**2 / (allowed**2 - floor**2))

# --- servo
def locked_laser(laser_hz, draws, ramsey_s, atoms, gain):
    correction, locked = 0.0, []
    for laser, draw in zip(laser_hz, draws):
        off = laser - correction
        locked.append(off.mean())
        p = 0.5 + np.pi * off * ramsey_s * np.array([1, -1])
        found = p + draw * np.sqrt(np.abs(p * (1 - p)) / atoms)
        correction += gain * (found[0] - found[1]) / (2 * np.pi * ramsey_s)
    return locked
