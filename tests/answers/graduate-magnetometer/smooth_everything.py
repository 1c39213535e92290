"""Smooths the record, forgets the decay, keeps g small in place of the current, and continues downward.

test_predict: 0 points, [stripes-fall-as-an-even-sheet]
test_sensitivity: 0 points, [half-width-for-full-width]
test_glitches: 0 points, [good-samples-smoothed]
test_line: 0 points, [half-the-amplitude]
test_forward: 0 points, [gradient-for-current]
test_invert: 0 points, [stream-for-current-in-the-penalty]
test_silent: 0 points, [continued-downward]
"""

# --- predict
prediction = "e"

# --- sensitivity
def odmr_sensitivity(linewidth_hz, contrast, photons_per_s):
    steepest = 3 * np.sqrt(3) / 8 / linewidth_hz
    return 1 / (GAMMA * contrast * steepest * np.sqrt(photons_per_s))


def ramsey_sensitivity(t2_star_s, dead_time_s, contrast, photons, spins):
    return 0.0, 0.0, 0.0

# --- glitches
def without_glitches(record_t):
    return signal.medfilt(record_t, 5)

# --- density
def amplitude_density(record_t, rate_hz, segment_s):
    f, p = signal.welch(record_t, rate_hz, nperseg=round(segment_s * rate_hz), average="median")
    return f, np.sqrt(p)

# --- line
def find_line(record_t, rate_hz, lowest_hz, highest_hz):
    size = len(record_t)
    window = np.hanning(size)
    f = np.fft.rfftfreq(16 * size, 1 / rate_hz)
    a = np.abs(np.fft.rfft(signal.detrend(record_t) * window, 16 * size)) / window.sum()
    bins, density = amplitude_density(record_t, rate_hz, 4.0)
    ratio = a / np.interp(f, bins, signal.medfilt(density, 15) + 1e-30)
    ratio[(f < lowest_hz) | (f > highest_hz)] = 0
    return f[np.argmax(ratio)], a[np.argmax(ratio)]

# --- forward
def wave_numbers(shape, step_m):
    return 2 * np.pi * np.fft.fftfreq(shape[1], step_m)[None, :], 2 * np.pi * np.fft.fftfreq(shape[0], step_m)[:, None]


def field_map(stream_a, step_m, height_m):
    k = np.hypot(*wave_numbers(stream_a.shape, step_m))
    return np.fft.ifft2(MU0 / 2 * k * np.exp(-k * height_m) * np.fft.fft2(stream_a)).real


def sheet_current(stream_a, step_m):
    k_x, k_y = wave_numbers(stream_a.shape, step_m)
    g = np.fft.fft2(stream_a)
    return np.fft.ifft2(1j * k_x * g).real, np.fft.ifft2(1j * k_y * g).real

# --- invert
def invert_map(field_t, step_m, height_m, strength):
    k = np.hypot(*wave_numbers(field_t.shape, step_m))
    h = MU0 / 2 * k * np.exp(-k * height_m)
    return np.fft.ifft2(h * np.fft.fft2(field_t) / (h**2 + strength**2)).real


def choose_strength(field_t, step_m, height_m, noise_t):
    return 1.0

# --- silent
def silencing_sheet(deep_stream_a, step_m, distance_m):
    k = np.hypot(*wave_numbers(deep_stream_a.shape, step_m))
    return -np.fft.ifft2(np.exp(k * distance_m) * np.fft.fft2(deep_stream_a)).real
