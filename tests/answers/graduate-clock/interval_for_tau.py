"""Divides by the interval, turns masks round, gives the drift per second, and takes Hz for rad/s.

test_allan: 0 points, [interval-for-averaging-time]
test_spikes: 0 points, [good-for-spikes]
test_drift: 0 points, [drift-per-second]
test_kind: 0 points, [axes-exchanged]
test_projection: 0 points, [free-time-for-cycle]
test_servo: 0 points, [phase-without-two-pi]
"""

# --- allan
def allan_deviation(phase_s, interval_s, m):
    second = phase_s[2 * m :] - 2 * phase_s[m:-m] + phase_s[: -2 * m]
    return np.sqrt(np.mean(second**2) / 2) / interval_s

# --- spikes
def find_spikes(times_s, frequencies):
    good = np.ones(len(frequencies), dtype=bool)
    for _ in range(10):
        rest = frequencies - np.polyval(np.polyfit(times_s[good], frequencies[good], 1), times_s)
        good = np.abs(rest) <= 5 * 1.4826 * np.median(np.abs(rest[good]))
    return good

# --- drift
def drift_per_day(times_s, frequencies, spikes):
    return np.polyfit(times_s[~spikes], frequencies[~spikes], 1)[0]

# --- kind
def slope_kind_size(taus_s, deviations):
    return np.polyfit(np.log(deviations), np.log(taus_s), 1)[0], "white phase", deviations[-1]

# --- projection
def projection_noise(clock_hz, ramsey_s, cycle_s, atoms, tau_s):
    return np.sqrt(ramsey_s / (atoms * tau_s)) / (2 * np.pi * clock_hz * ramsey_s)


def seconds_to_see(height_m, white_at_1s, floor, times):
    allowed = G_M_S2 * height_m / C_M_S**2 / times
    return (white_at_1s / (allowed - floor)) ** 2 if allowed > floor else None

# --- servo
def locked_laser(laser_hz, draws, ramsey_s, atoms, gain):
    correction, locked = 0.0, []
    for laser, draw in zip(laser_hz, draws):
        off = laser - correction
        locked.append(off.mean())
        p = (1 + np.sin(off * ramsey_s) * np.array([1, -1])) / 2
        found = p + draw * np.sqrt(p * (1 - p) / atoms)
        correction += gain * (found[0] - found[1]) / ramsey_s
    return locked
