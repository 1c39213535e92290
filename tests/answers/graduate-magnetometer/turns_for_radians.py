"""Mixes turns and radians everywhere: in the pulses, in k, and so in what follows from it; takes the power for the amplitude.

test_predict: 0 points, [stripes-fall-as-a-wire]
test_sensitivity: 0 points, [hertz-for-radians]
test_density: 0 points, [power-for-amplitude]
test_line: 0 points, [effective-value-for-amplitude]
test_forward: 0 points, [turns-for-radians]
test_invert: 0 points, [turns-for-radians]
test_silent: 0 points, [turns-for-radians]
"""

# --- predict
prediction = "a"

# --- sensitivity
def odmr_sensitivity(linewidth_hz, contrast, photons_per_s):
    return 4 / (3 * np.sqrt(3)) * linewidth_hz / (GAMMA * contrast * np.sqrt(photons_per_s))


def ramsey_sensitivity(t2_star_s, dead_time_s, contrast, photons, spins):
    def eta(time):
        return np.exp(time / t2_star_s) * np.sqrt(time + dead_time_s) / (GAMMA * time * contrast * np.sqrt(photons))

    time = optimize.minimize_scalar(eta, bounds=(t2_star_s / 10, 2 * t2_star_s), method="bounded", options={"xatol": 1e-12}).x
    return time, eta(time), np.sqrt(spins / photons) / contrast

# --- glitches
def without_glitches(record_t):
    record = np.array(record_t, dtype=float)
    middle = signal.medfilt(record, 5)
    middle[:2], middle[-2:] = record[:2], record[-2:]
    off = np.abs(record - middle)
    far = off > 6 * 1.4826 * np.median(off)
    record[far] = middle[far]
    return record

# --- density
def amplitude_density(record_t, rate_hz, segment_s):
    return signal.welch(record_t, rate_hz, nperseg=round(segment_s * rate_hz), average="median")

# --- line
def find_line(record_t, rate_hz, lowest_hz, highest_hz):
    size = len(record_t)
    window = np.hanning(size)
    f = np.fft.rfftfreq(16 * size, 1 / rate_hz)
    a = 2 * np.abs(np.fft.rfft(signal.detrend(record_t) * window, 16 * size)) / window.sum()
    bins, density = amplitude_density(record_t, rate_hz, 4.0)
    ratio = a / np.interp(f, bins, np.sqrt(signal.medfilt(density, 15)) + 1e-30)
    ratio[(f < lowest_hz) | (f > highest_hz)] = 0
    return f[np.argmax(ratio)], a[np.argmax(ratio)] / np.sqrt(2)

# --- forward
def wave_number(shape, step_m):
    return np.hypot(np.fft.fftfreq(shape[1], step_m)[None, :], np.fft.fftfreq(shape[0], step_m)[:, None])


def field_map(stream_a, step_m, height_m):
    k = wave_number(stream_a.shape, step_m)
    return np.fft.ifft2(MU0 / 2 * k * np.exp(-k * height_m) * np.fft.fft2(stream_a)).real


def sheet_current(stream_a, step_m):
    k_y, k_x = np.fft.fftfreq(stream_a.shape[0], step_m)[:, None], np.fft.fftfreq(stream_a.shape[1], step_m)[None, :]
    g = np.fft.fft2(stream_a)
    return np.fft.ifft2(1j * k_y * g).real, np.fft.ifft2(-1j * k_x * g).real

# --- invert
def invert_map(field_t, step_m, height_m, strength):
    k = wave_number(field_t.shape, step_m)
    t = MU0 / 2 * np.exp(-k * height_m)
    u = t * np.fft.fft2(field_t) / (t**2 + strength**2)
    u[0, 0], k[0, 0] = 0, 1
    return np.fft.ifft2(u / k).real


def choose_strength(field_t, step_m, height_m, noise_t):
    def excess(x):
        return np.std(field_map(invert_map(field_t, step_m, height_m, np.exp(x)), step_m, height_m) - field_t) - noise_t

    return np.exp(optimize.brentq(excess, -28, -7))

# --- silent
def silencing_sheet(deep_stream_a, step_m, distance_m):
    k = wave_number(deep_stream_a.shape, step_m)
    return -np.fft.ifft2(np.exp(-k * distance_m) * np.fft.fft2(deep_stream_a)).real
