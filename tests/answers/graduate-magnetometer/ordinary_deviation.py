"""Looks for glitches with the ordinary deviation of the whole record, takes the noise for the strength, and forgets k.

test_sensitivity: 0 points, [decay-left-out]
test_glitches: 0 points, [glitches-widen-their-own-limit]
test_line: 0 points, [peak-to-peak-for-amplitude]
test_forward: 0 points, [stream-taken-for-current]
test_invert: 0 points, [noise-taken-for-strength]
test_silent: 0 points, [field-for-stream]
"""

# --- sensitivity
def odmr_sensitivity(linewidth_hz, contrast, photons_per_s):
    return 4 / (3 * np.sqrt(3)) * linewidth_hz / (GAMMA * contrast * np.sqrt(photons_per_s))


def ramsey_sensitivity(t2_star_s, dead_time_s, contrast, photons, spins):
    half = (t2_star_s - 2 * dead_time_s) / 4
    time = half + np.sqrt(half**2 + t2_star_s * dead_time_s)
    eta = np.sqrt(time + dead_time_s) / (2 * np.pi * GAMMA * time * contrast * np.sqrt(photons))
    return time, eta, np.sqrt(spins / photons) / contrast

# --- glitches
def without_glitches(record_t):
    record = np.array(record_t, dtype=float)
    far = np.abs(record - record.mean()) > 6 * record.std()
    record[far] = signal.medfilt(record, 5)[far]
    return record

# --- density
def amplitude_density(record_t, rate_hz, segment_s):
    f, p = signal.welch(record_t, rate_hz, nperseg=round(segment_s * rate_hz), average="median")
    return f, np.sqrt(p)

# --- line
def find_line(record_t, rate_hz, lowest_hz, highest_hz):
    size = len(record_t)
    window = np.hanning(size)
    f = np.fft.rfftfreq(16 * size, 1 / rate_hz)
    a = 4 * np.abs(np.fft.rfft(signal.detrend(record_t) * window, 16 * size)) / window.sum()
    bins, density = amplitude_density(record_t, rate_hz, 4.0)
    ratio = a / np.interp(f, bins, signal.medfilt(density, 15) + 1e-30)
    ratio[(f < lowest_hz) | (f > highest_hz)] = 0
    return f[np.argmax(ratio)], a[np.argmax(ratio)]

# --- forward
def wave_numbers(shape, step_m):
    return 2 * np.pi * np.fft.fftfreq(shape[1], step_m)[None, :], 2 * np.pi * np.fft.fftfreq(shape[0], step_m)[:, None]


def field_map(stream_a, step_m, height_m):
    k = np.hypot(*wave_numbers(stream_a.shape, step_m))
    return np.fft.ifft2(MU0 / 2 * np.exp(-k * height_m) * np.fft.fft2(stream_a)).real


def sheet_current(stream_a, step_m):
    j_y, j_x = np.gradient(stream_a, step_m)
    return j_y, -j_x

# --- invert
def invert_map(field_t, step_m, height_m, strength):
    k = np.hypot(*wave_numbers(field_t.shape, step_m))
    t = MU0 / 2 * np.exp(-k * height_m)
    u = t * np.fft.fft2(field_t) / (t**2 + strength**2)
    u[0, 0], k[0, 0] = 0, 1
    return np.fft.ifft2(u / k).real


def choose_strength(field_t, step_m, height_m, noise_t):
    return noise_t

# --- silent
def silencing_sheet(deep_stream_a, step_m, distance_m):
    k = np.hypot(*wave_numbers(deep_stream_a.shape, step_m))
    return -np.fft.ifft2(MU0 / 2 * k * np.exp(-k * distance_m) * np.fft.fft2(deep_stream_a)).real
