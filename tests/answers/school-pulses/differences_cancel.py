"""Adds differences that cancel, gives an amplitude for a chance, and thinks that a longer pulse is surer.

test_predict: 0 points, [longer-pulse-surer]
test_fit: 0 points, [differences-cancel]
test_detuned: 0 points, [amplitude-for-probability]
"""

# --- predict
prediction = "e"

# --- fit
def misfit(rabi_mhz, times, fractions):
    total = 0
    for time, fraction in zip(times, fractions):
        total += fraction - chance_of_one(time, rabi_mhz)
    return abs(total)


def fit_rabi(times, fractions):
    candidates = [number / 100 for number in range(100, 601)]
    return min(candidates, key=lambda rabi: misfit(rabi, times, fractions))

# --- detuned
def detuned_drive(rabi_mhz, detuning_mhz):
    total = np.sqrt(rabi_mhz**2 + detuning_mhz**2)
    return rabi_mhz / total, 500 / total
