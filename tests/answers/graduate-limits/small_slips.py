"""Loses what makes numbers complex, mirrors nothing, averages quadratures, counts one exit, and keeps a fraction.

test_information: 0 points, [imaginary-part-lost]
test_noon: 0 points, [not-hermitian]
test_squeezed: 0 points, [both-quadratures-averaged]
test_estimate: 0 points, [clicks-for-totals]
test_pays: 0 points, [gain-of-a-fractional-group]
"""

# --- information
def quantum_information(rho, generator):
    weights, vectors = np.linalg.eigh(rho)
    elements = np.real(vectors.conj().T @ generator @ vectors)
    total = 0.0
    for i, p in enumerate(weights):
        for j, q in enumerate(weights):
            if p + q > 1e-10:
                total += 2 * (p - q) ** 2 / (p + q) * elements[i, j] ** 2
    return total

# --- noon
def noon_after_loss(photons, arrive):
    size = photons + 1
    rho = np.zeros((size**2, size**2))
    for k in range(size):
        chance = comb(photons, k) * arrive**k * (1 - arrive) ** (photons - k) / 2
        rho[k * size, k * size] += chance
        rho[k, k] += chance
    rho[photons * size, photons] = arrive**photons / 2
    return rho

# --- squeezed
def squeezed_information(laser_photons, squeezing_db):
    r = squeezing_db * np.log(10) / 20
    return laser_photons * np.cosh(2 * r) + np.sinh(r) ** 2


def squeezed_error(photons, squeezing_db, arrive):
    return np.sqrt((arrive * 10 ** (-squeezing_db / 10) + 1 - arrive) / (arrive * photons))

# --- estimate
def estimate_phase(settings_rad, clicks, totals, visibility):
    def cost(phase):
        p = (1 + visibility * np.cos(phase + settings_rad)) / 2
        return -np.sum(clicks * np.log(p) + (totals - clicks) * np.log(1 - p))

    start = min(np.linspace(0.05, 3.1, 40), key=cost)
    phase = optimize.minimize_scalar(cost, bounds=(start - 0.1, start + 0.1), method="bounded").x
    slope = visibility * np.sin(phase + settings_rad) / 2
    p = (1 + visibility * np.cos(phase + settings_rad)) / 2
    return phase, 1 / np.sqrt(np.sum(clicks * slope**2 / (p * (1 - p))))

# --- pays
def when_it_pays(arrive):
    groups = np.arange(1, 500)
    best = groups[np.argmax(groups * arrive ** (groups - 1.0))]
    peak = -1 / np.log(arrive)
    return best, np.sqrt(peak * arrive ** (peak - 1)), 1 / np.sqrt(1 - arrive)
