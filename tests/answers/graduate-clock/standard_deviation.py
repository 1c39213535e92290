"""Takes the standard deviation everywhere, keeps the spikes, forgets 2π, and turns the servo's sign round.

test_predict: 0 points, [slow-servo-averages-more]
test_allan: 0 points, [standard-deviation]
test_spikes: 0 points, [spikes-in-their-own-yardstick]
test_drift: 0 points, [spikes-kept]
test_kind: 0 points, [slope-of-the-variance]
test_projection: 0 points, [two-pi-forgotten]
test_servo: 0 points, [correction-makes-it-worse]
"""

# --- predict
prediction = "a"

# --- allan
def allan_deviation(phase_s, interval_s, m):
    averages = (phase_s[m:] - phase_s[:-m]) / (m * interval_s)
    return np.std(averages)

# --- spikes
def find_spikes(times_s, frequencies):
    return np.abs(frequencies - np.mean(frequencies)) > 5 * np.std(frequencies)

# --- drift
def drift_per_day(times_s, frequencies, spikes):
    return np.polyfit(times_s, frequencies, 1)[0] * 86400

# --- kind
def slope_kind_size(taus_s, deviations):
    slope = np.polyfit(np.log(taus_s), np.log(deviations**2), 1)[0]
    kinds = {-1: "white phase", -0.5: "white frequency", 0: "flicker frequency", 0.5: "random walk frequency", 1: "drift"}
    nearest = min(kinds, key=lambda kind: abs(kind - slope))
    return slope, kinds[nearest], np.mean(deviations / taus_s**nearest)

# --- projection
def projection_noise(clock_hz, ramsey_s, cycle_s, atoms, tau_s):
    return np.sqrt(cycle_s / (atoms * tau_s)) / (clock_hz * ramsey_s)


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
        correction += gain * (found[1] - found[0]) / (2 * np.pi * ramsey_s)
    return locked
