"""A right answer that minimises with SciPy, uses real transforms, a Hampel loop, and a chirped search for the line."""

# --- sensitivity
def odmr_sensitivity(linewidth_hz, contrast, photons_per_s):
    def error(offset):
        x = 2 * offset / linewidth_hz
        slope = contrast * photons_per_s * 2 * x / (1 + x**2) ** 2 * 2 / linewidth_hz
        return np.sqrt(photons_per_s) / (slope * GAMMA)

    return optimize.minimize_scalar(error, bounds=(0.01 * linewidth_hz, linewidth_hz), method="bounded").fun


def ramsey_sensitivity(t2_star_s, dead_time_s, contrast, photons, spins):
    def eta(u, n, c):
        time = u * t2_star_s
        slope = c * np.exp(-u) * np.sqrt(n) * 2 * np.pi * GAMMA * time
        return np.sqrt(time + dead_time_s) / slope

    u = optimize.minimize_scalar(lambda u: eta(u, 1.0, 1.0) * 1e9, bounds=(0.1, 2), method="bounded").x
    return [u * t2_star_s, eta(u, photons, contrast), eta(u, photons, contrast) / eta(u, spins, 1)]

# --- glitches
def without_glitches(record_t):
    record = np.array(record_t)
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(record, 2, mode="edge"), 5)
    middle = np.median(windows, axis=1)
    off = record - middle
    return np.where(np.abs(off) > 6 * 1.4826 * np.median(np.abs(off)), middle, record)

# --- density
def amplitude_density(record_t, rate_hz, segment_s):
    size = int(np.round(segment_s * rate_hz))
    f, _, transforms = signal.spectrogram(
        np.asarray(record_t), rate_hz, window="hann", nperseg=size, noverlap=size // 2, detrend="constant"
    )
    return list(f), list(np.sqrt(np.median(transforms, axis=1) / np.log(2)))

# --- line
def find_line(record_t, rate_hz, lowest_hz, highest_hz):
    record = signal.detrend(record_t)
    window = signal.windows.blackman(record.size)
    fine = np.arange(lowest_hz, highest_hz, 0.001)
    spectrum = np.abs(signal.zoom_fft(record * window, [lowest_hz, highest_hz], m=fine.size, fs=rate_hz))
    amplitudes = 2 * spectrum / window.sum()
    bins, density = amplitude_density(record, rate_hz, 2.0)
    best = np.argmax(amplitudes / np.interp(fine, bins, signal.medfilt(density, 9) + 1e-30))
    return fine[best], amplitudes[best]

# --- forward
def kernel(shape, step_m):
    k_y = 2 * np.pi * np.fft.fftfreq(shape[0], step_m).reshape(-1, 1)
    return 2 * np.pi * np.fft.rfftfreq(shape[1], step_m).reshape(1, -1), k_y


def apply(array, factor):
    return np.fft.irfft2(factor * np.fft.rfft2(array), s=np.shape(array))


def field_map(stream_a, step_m, height_m):
    k = np.hypot(*kernel(np.shape(stream_a), step_m))
    return apply(stream_a, 0.5 * MU0 * k * np.exp(-k * height_m))


def sheet_current(stream_a, step_m):
    k_x, k_y = kernel(np.shape(stream_a), step_m)
    return [apply(stream_a, 1j * k_y + 0 * k_x), apply(stream_a, -1j * k_x + 0 * k_y)]

# --- invert
def invert_map(field_t, step_m, height_m, strength):
    k = np.hypot(*kernel(np.shape(field_t), step_m))
    h = MU0 / 2 * k * np.exp(-k * height_m)
    penalty = (strength * k) ** 2
    penalty[0, 0] = 1
    return apply(field_t, h / (h**2 + penalty))


def choose_strength(field_t, step_m, height_m, noise_t):
    logs = np.linspace(-11, -5, 301)
    misfits = [
        np.std(field_map(invert_map(field_t, step_m, height_m, 10**log), step_m, height_m) - field_t) for log in logs
    ]
    return 10 ** np.interp(noise_t, misfits, logs)

# --- silent
def silencing_sheet(deep_stream_a, step_m, distance_m):
    k = np.hypot(*kernel(np.shape(deep_stream_a), step_m))
    return apply(np.negative(deep_stream_a), np.exp(-distance_m * k))
