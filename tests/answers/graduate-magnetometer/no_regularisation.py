"""Ignores dead time, takes deviations and means where medians are asked, the largest value, and divides by the kernel.

test_predict: 0 points, [stripes-fall-as-a-dipole]
test_sensitivity: 0 points, [dead-time-ignored]
test_glitches: 0 points, [glitches-widen-their-own-limit]
test_density: 0 points, [mean-for-median]
test_line: 0 points, [one-over-f-taken-for-a-line]
test_forward: 0 points, [whole-mu0]
test_invert: 0 points, [not-regularised]
test_silent: 0 points, [same-current-opposite]
"""

# --- predict
prediction = "c"

# --- sensitivity
def odmr_sensitivity(linewidth_hz, contrast, photons_per_s):
    return 4 / (3 * np.sqrt(3)) * linewidth_hz / (GAMMA * contrast * np.sqrt(photons_per_s))


def ramsey_sensitivity(t2_star_s, dead_time_s, contrast, photons, spins):
    time = t2_star_s / 2
    return time, np.exp(0.5) / (2 * np.pi * GAMMA * contrast * np.sqrt(photons * time)), np.sqrt(spins / photons) / contrast

# --- glitches
def without_glitches(record_t):
    record = np.array(record_t, dtype=float)
    middle = signal.medfilt(record, 5)
    off = np.abs(record - middle)
    far = off > 6 * np.std(off)
    record[far] = middle[far]
    return record

# --- density
def amplitude_density(record_t, rate_hz, segment_s):
    f, p = signal.welch(record_t, rate_hz, nperseg=round(segment_s * rate_hz))
    return f, np.sqrt(p)

# --- line
def find_line(record_t, rate_hz, lowest_hz, highest_hz):
    size = len(record_t)
    window = np.hanning(size)
    f = np.fft.rfftfreq(16 * size, 1 / rate_hz)
    a = 2 * np.abs(np.fft.rfft(signal.detrend(record_t) * window, 16 * size)) / window.sum()
    a[(f < lowest_hz) | (f > highest_hz)] = 0
    return f[np.argmax(a)], np.max(a)

# --- forward
def wave_numbers(shape, step_m):
    return 2 * np.pi * np.fft.fftfreq(shape[1], step_m)[None, :], 2 * np.pi * np.fft.fftfreq(shape[0], step_m)[:, None]


def field_map(stream_a, step_m, height_m):
    k = np.hypot(*wave_numbers(stream_a.shape, step_m))
    return np.fft.ifft2(MU0 * k * np.exp(-k * height_m) * np.fft.fft2(stream_a)).real


def sheet_current(stream_a, step_m):
    k_x, k_y = wave_numbers(stream_a.shape, step_m)
    g = np.fft.fft2(stream_a)
    return np.fft.ifft2(1j * k_y * g).real, np.fft.ifft2(-1j * k_x * g).real

# --- invert
def invert_map(field_t, step_m, height_m, strength):
    k = np.hypot(*wave_numbers(field_t.shape, step_m))
    k[0, 0] = np.inf
    return np.fft.ifft2(np.fft.fft2(field_t) / (MU0 / 2 * k * np.exp(-np.where(k < np.inf, k, 0) * height_m))).real


def choose_strength(field_t, step_m, height_m, noise_t):
    return noise_t

# --- silent
def silencing_sheet(deep_stream_a, step_m, distance_m):
    return -deep_stream_a
