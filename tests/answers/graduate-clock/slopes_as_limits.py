"""Takes the slopes of the list for limits, one clock for all clocks, and probes the upper side first.

test_kind: 0 points, [limits-at-the-slopes]
test_projection: 0 points, [one-clock-for-all]
test_servo: 0 points, [sides-exchanged]
"""

# --- kind
def slope_kind_size(taus_s, deviations):
    slope = np.polyfit(np.log(taus_s), np.log(deviations), 1)[0]
    for limit, name in ((-1, "white phase"), (-0.5, "white frequency"), (0, "flicker frequency"), (0.5, "random walk frequency")):
        if slope <= limit:
            return slope, name, np.mean(deviations / taus_s**limit)
    return slope, "drift", np.mean(deviations / taus_s)

# --- projection
def projection_noise(clock_hz, ramsey_s, cycle_s, atoms, tau_s):
    return np.sqrt(cycle_s / (atoms * tau_s)) / (2 * np.pi * CLOCK_HZ * ramsey_s)


def seconds_to_see(height_m, white_at_1s, floor, times):
    allowed = 9.81 * height_m / C_M_S**2 / times
    return white_at_1s**2 / (allowed**2 - floor**2) if allowed > floor else None

# --- servo
def locked_laser(laser_hz, draws, ramsey_s, atoms, gain):
    correction, locked = 0.0, []
    for laser, draw in zip(laser_hz, draws):
        off = laser - correction
        locked.append(off.mean())
        shift = np.array([-1, 1]) / (4 * ramsey_s)
        p = (1 + np.cos(2 * np.pi * (off - shift) * ramsey_s)) / 2
        found = p + draw * np.sqrt(p * (1 - p) / atoms)
        correction += gain * (found[0] - found[1]) / (2 * np.pi * ramsey_s)
    return locked
