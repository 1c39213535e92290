"""Divides by all points, takes 3 standard deviations, adds noises, names kinds at random, and probes at the bottom.

test_allan: 0 points, [divided-by-all-points]
test_spikes: 0 points, [three-standard-deviations]
test_drift: 0 points, [start-for-slope]
test_kind: 0 points, [kinds-exchanged]
test_projection: 0 points, [noises-added]
test_servo: 0 points, [probed-at-full-width]
"""

# --- allan
def allan_deviation(phase_s, interval_s, m):
    total = 0
    for k in range(len(phase_s) - 2 * m):
        total += (phase_s[k + 2 * m] - 2 * phase_s[k + m] + phase_s[k]) ** 2
    return np.sqrt(total / (2 * len(phase_s))) / (m * interval_s)

# --- spikes
def find_spikes(times_s, frequencies):
    good = np.ones(len(frequencies), dtype=bool)
    for _ in range(20):
        rest = frequencies - np.polyval(np.polyfit(times_s[good], frequencies[good], 1), times_s)
        rest = rest - np.median(rest[good])
        good = np.abs(rest) <= 3 * 1.4826 * np.median(np.abs(rest[good]))
    return ~good

# --- drift
def drift_per_day(times_s, frequencies, spikes):
    return np.polyfit(times_s[~spikes], frequencies[~spikes], 1)[1]

# --- kind
def slope_kind_size(taus_s, deviations):
    return np.polyfit(np.log(taus_s), np.log(deviations), 1)[0], "random walk frequency", deviations[0]

# --- projection
def projection_noise(clock_hz, ramsey_s, cycle_s, atoms, tau_s):
    return np.sqrt(cycle_s / (atoms * tau_s)) / (2 * np.pi * clock_hz * ramsey_s)


def seconds_to_see(height_m, white_at_1s, floor, times):
    allowed = G_M_S2 * height_m / C_M_S**2 / times
    return (white_at_1s / (allowed - floor)) ** 2 if allowed > floor else None

# --- servo
def locked_laser(laser_hz, draws, ramsey_s, atoms, gain):
    correction, locked = 0.0, []
    for laser, draw in zip(laser_hz, draws):
        off = laser - correction
        locked.append(off.mean())
        p = (1 + np.cos(2 * np.pi * (off + np.array([-1, 1]) / (2 * ramsey_s)) * ramsey_s)) / 2
        found = p + draw * np.sqrt(np.abs(p * (1 - p)) / atoms)
        correction += gain * (found[0] - found[1]) / (2 * np.pi * ramsey_s)
    return locked
