"""A right answer that solves for L, traces out lost photons, and fits with weights from the counts."""

# --- information
def quantum_information(rho, generator):
    size = len(rho)
    one = np.eye(size)
    derivative = -1j * (generator @ rho - rho @ generator)
    equation = (np.kron(one, rho.T) + np.kron(rho, one)) / 2
    logarithmic = (np.linalg.pinv(equation, rcond=1e-11) @ derivative.ravel()).reshape(size, size)
    return np.trace(rho @ logarithmic @ logarithmic).real

# --- noon
def noon_after_loss(photons, arrive):
    size = photons + 1
    lower = qutip.destroy(size)
    keep = (qutip.num(size) * np.log(arrive) / 2).expm()
    ways = []
    for lost in range(size):
        scale = np.sqrt((1 - arrive) ** lost / float(np.prod(np.arange(1, lost + 1))))
        ways.append(scale * keep * lower**lost)
    both = qutip.basis([size, size], [photons, 0]) + np.exp(0j) * qutip.basis([size, size], [0, photons])
    state = qutip.ket2dm(both.unit())
    left = sum(qutip.tensor(a, b) * state * qutip.tensor(a, b).dag() for a in ways for b in ways)
    return left.full()

# --- squeezed
def squeezed_information(laser_photons, squeezing_db):
    r = squeezing_db / (20 * np.log10(np.e))
    return np.array([laser_photons * np.exp(2 * r) + (np.cosh(2 * r) - 1) / 2])


def squeezed_error(photons, squeezing_db, arrive):
    slope = arrive * photons
    variance = arrive * photons * (arrive / 10 ** (squeezing_db / 10) + (1 - arrive))
    return np.sqrt(variance) / slope

# --- estimate
def estimate_phase(settings_rad, clicks, totals, visibility):
    share = (clicks + 1) / (totals + 2)

    def fringe(theta, phase):
        return 0.5 + 0.5 * visibility * np.cos(theta + phase)

    errors = np.sqrt(share * (1 - share) / totals)
    value, covariance = optimize.curve_fit(fringe, settings_rad, clicks / totals, [1.5], errors, absolute_sigma=True)
    return [value[0], covariance[0, 0] ** 0.5]

# --- pays
def when_it_pays(arrive):
    gains = {number: (number * arrive ** (number - 1)) ** 0.5 for number in range(1, 500)}
    best = max(gains, key=gains.get)
    return [best, gains[best], (1 - arrive) ** -0.5]
