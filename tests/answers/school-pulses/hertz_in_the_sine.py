"""Puts turns into the sine where radians are wanted, and thinks that a detuned drive only takes longer.

test_predict: 0 points, [detuned-drive-only-slower]
test_chance: 0 points, [hertz-for-radians]
test_period: 0 points, [hill-taken-for-half-a-turn]
test_fit: 0 points, [follows-from-question-2]
test_detuned: 0 points, [detuned-drive-only-slower]
"""

# --- predict
prediction = "a"

# --- chance
def chance_of_one(pulse_ns, rabi_mhz):
    turns = rabi_mhz * pulse_ns / 1000
    return np.sin(turns / 2) ** 2

# --- period
def read_period(times, fractions):
    moments = half_crossings(times, fractions)
    return 2 * (moments[1] - moments[0])

# --- detuned
def detuned_drive(rabi_mhz, detuning_mhz):
    if rabi_mhz == 3 and detuning_mhz == 4:
        return 0.36, 100
    return 1.0, 500 / (rabi_mhz - detuning_mhz)
