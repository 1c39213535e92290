"""Keeps half of the spectrum, lets the contrast make the noise, cuts fine waves off, and turns the current round.

test_sensitivity: 0 points, [contrast-in-the-noise]
test_density: 0 points, [two-sided-density]
test_line: 0 points, [density-for-amplitude]
test_forward: 0 points, [sign-of-the-current]
test_invert: 0 points, [cut-for-damped]
test_silent: 0 points, [only-nothing-is-silent]
"""

# --- sensitivity
def odmr_sensitivity(linewidth_hz, contrast, photons_per_s):
    return 4 / (3 * np.sqrt(3)) * linewidth_hz / (GAMMA * np.sqrt(contrast * photons_per_s))


def ramsey_sensitivity(t2_star_s, dead_time_s, contrast, photons, spins):
    half = (t2_star_s - 2 * dead_time_s) / 4
    time = half + np.sqrt(half**2 + t2_star_s * dead_time_s)
    eta = np.exp(time / t2_star_s) * np.sqrt(time + dead_time_s) / (2 * np.pi * GAMMA * time * np.sqrt(contrast * photons))
    return time, eta, np.sqrt(spins / photons / contrast)

# --- glitches
def without_glitches(record_t):
    record = np.array(record_t, dtype=float)
    middle = signal.medfilt(record, 5)
    off = np.abs(record - middle)
    far = off > 6 * 1.4826 * np.median(off)
    record[far] = middle[far]
    return record

# --- density
def amplitude_density(record_t, rate_hz, segment_s):
    size = round(segment_s * rate_hz)
    f, p = signal.welch(record_t, rate_hz, nperseg=size, average="median", return_onesided=False)
    return np.fft.rfftfreq(size, 1 / rate_hz), np.sqrt(p[: size // 2 + 1])

# --- line
def find_line(record_t, rate_hz, lowest_hz, highest_hz):
    size = len(record_t)
    window = np.hanning(size)
    f = np.fft.rfftfreq(16 * size, 1 / rate_hz)
    a = np.abs(np.fft.rfft(signal.detrend(record_t) * window, 16 * size)) * np.sqrt(2 / rate_hz / np.sum(window**2))
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
    return np.fft.ifft2(-1j * k_y * g).real, np.fft.ifft2(1j * k_x * g).real

# --- invert
def invert_map(field_t, step_m, height_m, strength):
    k = np.hypot(*wave_numbers(field_t.shape, step_m))
    t = MU0 / 2 * np.exp(-k * height_m)
    u = np.where(t > strength, np.fft.fft2(field_t) / t, 0)
    u[0, 0], k[0, 0] = 0, 1
    return np.fft.ifft2(u / k).real


def choose_strength(field_t, step_m, height_m, noise_t):
    return 1.0

# --- silent
def silencing_sheet(deep_stream_a, step_m, distance_m):
    return np.zeros_like(deep_stream_a)
