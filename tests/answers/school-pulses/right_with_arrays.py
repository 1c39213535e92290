"""A right answer with arrays, with the cosine of the whole angle, with all moments on the same way, and with lists for several values."""

# --- predict
prediction = " (C) "

# --- chance
def chance_of_one(pulse_ns, rabi_mhz):
    angle = 2 * np.pi * np.asarray(rabi_mhz) * np.asarray(pulse_ns) * 1e-3
    return (1 - np.cos(angle)) / 2

# --- period
def read_period(times, fractions):
    moments = np.array(half_crossings(times, fractions))
    return np.mean(moments[2:] - moments[:-2])

# --- pulses
def pulse_note(period_ns):
    return list(np.array([1000 / period_ns**2, 1 / 2, 1 / 4]) * period_ns)

# --- fit
def misfit(rabi_mhz, times, fractions):
    return np.sum((np.asarray(fractions) - chance_of_one(times, rabi_mhz)) ** 2)


def fit_rabi(times, fractions):
    candidates = np.arange(100, 601) / 100
    curves = chance_of_one(np.asarray(times)[None, :], candidates[:, None])
    return candidates[np.argmin(np.sum((curves - np.asarray(fractions)) ** 2, axis=1))]

# --- detuned
def detuned_drive(rabi_mhz, detuning_mhz):
    pace = np.hypot(rabi_mhz, detuning_mhz)
    return np.array([(rabi_mhz / pace) ** 2, 500 / pace])
