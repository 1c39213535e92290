"""Reads the period at the top of a peak, multiplies by π, and adds frequencies that stand at a right angle.

test_predict: 0 points, [wrong-frequency-does-nothing]
test_period: 0 points, [read-at-the-flat-top]
test_pulses: 0 points, [pi-taken-as-a-factor]
test_fit: 0 points, [first-row-only]
test_detuned: 0 points, [frequencies-added]
"""

# --- predict
prediction = "b"

# --- period
def read_period(times, fractions):
    largest, moment = 0, 0
    for time, fraction in zip(times, fractions):
        if fraction > largest:
            largest, moment = fraction, time
        if largest > 0.9 and fraction < 0.1:
            break
    return 2 * moment

# --- pulses
def pulse_note(period_ns):
    return 1000 / period_ns, np.pi * period_ns, np.pi / 2 * period_ns

# --- fit
def misfit(rabi_mhz, times, fractions):
    for row in range(len(times)):
        total = (fractions[row] - chance_of_one(times[row], rabi_mhz)) ** 2
        return total


def fit_rabi(times, fractions):
    candidates = [number / 100 for number in range(100, 601)]
    return min(candidates, key=lambda rabi: misfit(rabi, times, fractions))

# --- detuned
def detuned_drive(rabi_mhz, detuning_mhz):
    total = rabi_mhz + abs(detuning_mhz)
    return rabi_mhz / total, 500 / total
