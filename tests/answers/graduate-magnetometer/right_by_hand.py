"""A right answer with its own Welch loop, a fitted sine, a matrix of sines for the Fourier transform, and bisection."""

# --- predict
prediction = "(d)"

# --- sensitivity
def odmr_sensitivity(linewidth_hz, contrast, photons_per_s):
    x = np.linspace(0, 2, 200001)
    steepest = np.max(2 * x / (1 + x**2) ** 2)
    return linewidth_hz / 2 / (steepest * GAMMA * contrast * photons_per_s**0.5)


def ramsey_sensitivity(t2_star_s, dead_time_s, contrast, photons, spins):
    times = np.linspace(0.3, 1.05, 20001) * t2_star_s
    etas = np.exp(times / t2_star_s) * np.sqrt(times + dead_time_s) / (2 * np.pi * GAMMA * times)
    best = np.argmin(etas)
    read, perfect = etas[best] / contrast / photons**0.5, etas[best] / spins**0.5
    return np.array([times[best], read, read / perfect])

# --- glitches
def without_glitches(record_t):
    old = [float(value) for value in record_t]
    padded = [old[0]] * 2 + old + [old[-1]] * 2
    middle = [sorted(padded[i : i + 5])[2] for i in range(len(old))]
    off = [abs(a - b) for a, b in zip(old, middle)]
    limit = 6 * 1.4826 * np.median(off)
    return [b if size > limit else a for a, b, size in zip(old, middle, off)]

# --- density
def amplitude_density(record_t, rate_hz, segment_s):
    record = np.asarray(record_t)
    size = int(round(segment_s * rate_hz))
    window = np.sin(np.pi * np.arange(size) / size) ** 2
    periodograms = []
    for start in range(0, len(record) - size + 1, size // 2):
        piece = record[start : start + size]
        piece = (piece - piece.mean()) * window
        periodograms.append(2 * np.abs(np.fft.rfft(piece)) ** 2 / rate_hz / np.sum(window**2))
    return np.arange(size // 2 + 1) * rate_hz / size, np.sqrt(np.median(periodograms, axis=0) / np.log(2))

# --- line
def find_line(record_t, rate_hz, lowest_hz, highest_hz):
    record = np.asarray(record_t) - np.mean(record_t)
    time = np.arange(len(record)) / rate_hz
    f = np.fft.rfftfreq(len(record), 1 / rate_hz)
    power = np.abs(np.fft.rfft(record * np.hanning(len(record)))) ** 2
    ratio = power / signal.medfilt(power, 201)
    ratio[(f < lowest_hz) | (f > highest_hz)] = 0
    start = f[np.argmax(ratio)]
    low, high = start - 4, start + 4
    sos = signal.butter(4, [low, high], btype="band", fs=rate_hz, output="sos")
    narrow = signal.sosfiltfilt(sos, record)

    def sizes(frequency):
        matrix = np.column_stack([np.cos(2 * np.pi * frequency * time), np.sin(2 * np.pi * frequency * time)])
        return np.linalg.lstsq(matrix, narrow, rcond=None)[0]

    candidates = start + np.linspace(-0.02, 0.02, 81)
    amplitudes = [np.hypot(*sizes(candidate)) for candidate in candidates]
    return [candidates[int(np.argmax(amplitudes))], max(amplitudes)]

# --- forward
def grid_of_k(shape, step_m):
    k_y, k_x = np.meshgrid(
        *(2 * np.pi / step_m * (((np.arange(n) + n // 2) % n) - n // 2) / n for n in shape), indexing="ij"
    )
    return k_x, k_y


def field_map(stream_a, step_m, height_m):
    k_x, k_y = grid_of_k(np.shape(stream_a), step_m)
    k = (k_x**2 + k_y**2) ** 0.5
    j_x, j_y = 1j * k_y * np.fft.fft2(stream_a), -1j * k_x * np.fft.fft2(stream_a)
    k[0, 0] = 1
    potential = MU0 / 2 / k * np.exp(-k * height_m)
    b = 1j * k_x * potential * j_y - 1j * k_y * potential * j_x
    return np.real(np.fft.ifft2(b)).tolist()


def sheet_current(stream_a, step_m):
    k_x, k_y = grid_of_k(np.shape(stream_a), step_m)
    both = np.stack([1j * k_y, -1j * k_x]) * np.fft.fft2(stream_a)
    return np.fft.ifft2(both, axes=(1, 2)).real

# --- invert
def invert_map(field_t, step_m, height_m, strength):
    field = np.asarray(field_t) - np.mean(field_t)
    k = np.hypot(*grid_of_k(field.shape, step_m))
    t = MU0 / 2 * np.exp(-k * height_m)
    with np.errstate(divide="ignore", invalid="ignore"):
        g = np.fft.fft2(field) / (k * (t + strength**2 / t))
    g[0, 0] = 0
    return np.fft.ifft2(g).real + 0.5


def choose_strength(field_t, step_m, height_m, noise_t):
    low, high = 1e-12, 1e-4
    while high / low > 1.001:
        middle = (low * high) ** 0.5
        model = np.array(field_map(invert_map(field_t, step_m, height_m, middle), step_m, height_m))
        if np.std(model - field_t) > noise_t:
            high = middle
        else:
            low = middle
    return low

# --- silent
def silencing_sheet(deep_stream_a, step_m, distance_m):
    deep = np.array(field_map(deep_stream_a, step_m, distance_m))
    k = np.hypot(*grid_of_k(deep.shape, step_m))
    k[0, 0] = np.inf
    return -np.fft.ifft2(np.fft.fft2(deep) * 2 / MU0 / k).real
