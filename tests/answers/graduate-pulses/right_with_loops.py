"""A right answer with loops and lists, its own least squares, and traces in place of expectation values."""

# --- predict
prediction = "C)"

# --- models
import math


def decay_model(time_us, t1_us):
    return [math.exp(-t / t1_us) for t in time_us]


def echo_model(time_us, t2_us):
    return [0.5 + 0.5 * math.exp(-t / t2_us) for t in time_us]


def ramsey_model(time_us, detuning_mhz, t2_us, t2_star_us):
    chances = []
    for t in time_us:
        contrast = math.exp(-t / t2_us) * math.exp(-((t / t2_star_us) ** 2))
        chances.append((1 + contrast * math.cos(math.tau * detuning_mhz * t)) / 2)
    return chances

# --- ensemble
import random


def ensemble_contrasts(time_us, spread_mhz, memory, runs, seed):
    generator = random.Random(seed)
    sums = [0.0, 0.0]
    for _ in range(runs):
        first = generator.gauss(0, spread_mhz)
        second = generator.gauss(memory * first, spread_mhz * math.sqrt(1 - memory**2))
        sums[0] += math.cos(math.pi * time_us * (first + second))
        sums[1] += math.cos(math.pi * time_us * (first - second))
    return [sums[0] / runs, sums[1] / runs]

# --- lindblad
def lindblad_vector(time_us, t1_us, t_phi_us, echo):
    noise = [math.sqrt(1 / t1_us) * qutip.sigmap(), qutip.sigmaz() / math.sqrt(2 * t_phi_us)]
    state = qutip.ket2dm((qutip.basis(2, 0) + qutip.basis(2, 1)).unit())
    for half in (1, 2):
        state = qutip.mesolve(qutip.Qobj([[0, 0], [0, 0]]), state, np.linspace(0, time_us / 2, 50), c_ops=noise).states[-1]
        if echo and half == 1:
            flip = (-1j * np.pi / 2 * qutip.sigmay()).expm()
            state = flip * state * flip.dag()
    return [(pauli * state).tr() for pauli in (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz())]

# --- decays
from scipy.optimize import least_squares


def own_fit(model, times, counts, shots, start):
    smooth = [(k + 0.5) / (shots + 1) for k in counts]
    errors = [math.sqrt(p * (1 - p) / shots) for p in smooth]

    def residuals(parameters):
        return [(k / shots - m) / e for k, m, e in zip(counts, model(times, *parameters), errors)]

    found = least_squares(residuals, start, x_scale=start)
    return found.x, np.sqrt(np.diag(np.linalg.inv(found.jac.T @ found.jac)))


def fit_t1(time_us, counts, shots):
    (value,), (error,) = own_fit(decay_model, time_us, counts, shots, [float(time_us[len(time_us) // 4])])
    return [value, error]


def fit_echo(time_us, counts, shots):
    (value,), (error,) = own_fit(echo_model, time_us, counts, shots, [float(time_us[len(time_us) // 4])])
    return [value, error]

# --- ramsey
def fit_ramsey(time_us, counts, shots, set_detuning_mhz, t2_us):
    def model(times, detuning, t2_star):
        return ramsey_model(times, detuning, t2_us, t2_star)

    values, errors = own_fit(model, time_us, counts, shots, [set_detuning_mhz, float(time_us[-1]) / 2])
    return [values[0], errors[0], values[1], errors[1]]

# --- budget
def noise_budget(t1_us, t1_error_us, t2_us, t2_error_us, t2_star_us, t2_star_error_us):
    def dephasing(t1, t2):
        return 2 * t1 * t2 / (2 * t1 - t2)

    steps = [1e-4 * t1_error_us, 1e-4 * t2_error_us]
    middle = dephasing(t1_us, t2_us)
    slope_1 = (dephasing(t1_us + steps[0], t2_us) - middle) / steps[0]
    slope_2 = (dephasing(t1_us, t2_us + steps[1]) - middle) / steps[1]
    spread = 1e3 / (math.sqrt(2) * math.pi * t2_star_us)
    return [
        middle,
        math.hypot(slope_1 * t1_error_us, slope_2 * t2_error_us),
        spread,
        1e3 / (math.sqrt(2) * math.pi * t2_star_us**2) * t2_star_error_us,
    ]
