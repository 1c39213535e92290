"""Gives one measurement for one second, forgets 1.4826 and ln 2, takes finite differences, and counts the map's mean.

test_sensitivity: 0 points, [one-shot-for-one-second]
test_glitches: 0 points, [limit-too-low]
test_density: 0 points, [median-taken-for-mean]
test_forward: 0 points, [finite-differences]
test_invert: 0 points, [mean-of-the-map-counted]
"""

# --- sensitivity
def odmr_sensitivity(linewidth_hz, contrast, photons_per_s):
    return 4 / (3 * np.sqrt(3)) * linewidth_hz / (GAMMA * contrast * np.sqrt(photons_per_s))


def ramsey_sensitivity(t2_star_s, dead_time_s, contrast, photons, spins):
    half = (t2_star_s - 2 * dead_time_s) / 4
    time = half + np.sqrt(half**2 + t2_star_s * dead_time_s)
    return time, np.exp(time / t2_star_s) / (2 * np.pi * GAMMA * time * contrast * np.sqrt(photons)), 1.0

# --- glitches
def without_glitches(record_t):
    record = np.array(record_t, dtype=float)
    middle = signal.medfilt(record, 5)
    middle[:2], middle[-2:] = record[:2], record[-2:]
    off = np.abs(record - middle)
    far = off > 6 * np.median(off)
    record[far] = middle[far]
    return record

# --- density
def amplitude_density(record_t, rate_hz, segment_s):
    size = round(segment_s * rate_hz)
    f, _, power = signal.spectrogram(record_t, rate_hz, window="hann", nperseg=size, noverlap=size // 2)
    return f, np.sqrt(np.median(power, axis=1))

# --- forward
def wave_numbers(shape, step_m):
    return 2 * np.pi * np.fft.fftfreq(shape[1], step_m)[None, :], 2 * np.pi * np.fft.fftfreq(shape[0], step_m)[:, None]


def field_map(stream_a, step_m, height_m):
    k = np.hypot(*wave_numbers(stream_a.shape, step_m))
    return np.fft.ifft2(MU0 / 2 * k * np.exp(-k * height_m) * np.fft.fft2(stream_a)).real


def sheet_current(stream_a, step_m):
    d_y, d_x = np.gradient(stream_a, step_m)
    return d_y, -d_x

# --- invert
def invert_map(field_t, step_m, height_m, strength):
    k = np.hypot(*wave_numbers(field_t.shape, step_m))
    t = MU0 / 2 * np.exp(-k * height_m)
    u = t * np.fft.fft2(field_t) / (t**2 + strength**2)
    u[0, 0], k[0, 0] = 0, 1
    return np.fft.ifft2(u / k).real


def choose_strength(field_t, step_m, height_m, noise_t):
    def excess(x):
        rest = field_map(invert_map(field_t, step_m, height_m, 10**x), step_m, height_m) - field_t
        return np.sqrt(np.mean(rest**2)) - noise_t

    return 10 ** optimize.brentq(excess, -12, -3)
