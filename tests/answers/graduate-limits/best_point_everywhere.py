"""Forgets the factor four, takes roots for chances, and takes each photon for the best placed one.

test_information: 0 points, [variance-without-four]
test_noon: 0 points, [amplitude-for-probability]
test_squeezed: 0 points, [slope-without-loss]
test_estimate: 0 points, [best-phase-everywhere]
test_pays: 0 points, [bound-against-no-loss]
"""

# --- information
def quantum_information(rho, generator):
    p, v = np.linalg.eigh(rho)
    elements = abs(v.conj().T @ generator @ v) ** 2
    sums = np.add.outer(p, p)
    return np.sum((np.subtract.outer(p, p) ** 2 * elements)[sums > 1e-10] / sums[sums > 1e-10]) / 2

# --- noon
def noon_after_loss(photons, arrive):
    size = photons + 1
    rho = np.zeros((size**2, size**2))
    for k in range(size):
        chance = comb(photons, k) * arrive**k * (1 - arrive) ** (photons - k)
        rho[k * size, k * size] += chance / 2
        rho[k, k] += chance / 2
    rho[photons * size, photons] = rho[photons, photons * size] = arrive ** (photons / 2) / 2
    return rho

# --- squeezed
def squeezed_information(laser_photons, squeezing_db):
    squeezed = 10 ** (-squeezing_db / 10)
    return laser_photons / squeezed + (squeezed + 1 / squeezed - 2) / 4


def squeezed_error(photons, squeezing_db, arrive):
    return np.sqrt((1 - arrive + arrive * 10 ** (-squeezing_db / 10)) / photons)

# --- estimate
def estimate_phase(settings_rad, clicks, totals, visibility):
    def minus_log_likelihood(phase):
        p = (1 + visibility * np.cos(phase + settings_rad)) / 2
        return -np.sum(clicks * np.log(p) + (totals - clicks) * np.log(1 - p))

    phase = optimize.minimize_scalar(minus_log_likelihood, bounds=(0, np.pi), method="bounded").x
    return phase, 1 / (visibility * np.sqrt(totals.sum()))

# --- pays
def when_it_pays(arrive):
    group = max(range(1, 100), key=lambda number: number * arrive**number)
    return group, np.sqrt(group * arrive ** (group - 1)), np.sqrt(arrive / (1 - arrive))
