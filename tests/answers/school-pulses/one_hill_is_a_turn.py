"""Takes one hill of the table for a whole turn, and a whole turn for the π pulse.

test_predict: 0 points, [shallower-means-slower]
test_period: 0 points, [half-period-for-period]
test_pulses: 0 points, [pi-pulse-is-a-whole-turn]
test_fit: 0 points, [read-off-for-fit]
test_detuned: 0 points, [whole-turn-for-half]
"""

# --- predict
prediction = "d"

# --- period
def read_period(times, fractions):
    moments = half_crossings(times, fractions)
    return moments[1] - moments[0]

# --- pulses
def pulse_note(period_ns):
    return 1000 / period_ns, period_ns, period_ns / 2

# --- fit
def misfit(rabi_mhz, times, fractions):
    return sum((np.array(fractions) - chance_of_one(np.array(times), rabi_mhz)) ** 2)


def fit_rabi(times, fractions):
    moments = half_crossings(times, fractions)
    return 1000 / (moments[2] - moments[0])

# --- detuned
def detuned_drive(rabi_mhz, detuning_mhz):
    total = (rabi_mhz**2 + detuning_mhz**2) ** 0.5
    return (rabi_mhz / total) ** 2, 1000 / total
