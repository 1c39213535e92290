"""Squares no element, loses the vacuum's second half, adds vacuum in full, subtracts settings, cuts decimals off.

test_information: 0 points, [element-not-squared]
test_noon: 0 points, [vacuum-counted-once]
test_squeezed: 0 points, [vacuum-in-full]
test_estimate: 0 points, [setting-subtracted]
test_pays: 0 points, [optimum-cut-off]
"""

# --- information
def quantum_information(rho, generator):
    p, v = np.linalg.eigh(rho)
    elements = abs(v.conj().T @ generator @ v)
    sums = np.add.outer(p, p)
    return 2 * np.sum((np.subtract.outer(p, p) ** 2 * elements)[sums > 1e-10] / sums[sums > 1e-10])

# --- noon
def noon_after_loss(photons, arrive):
    size = photons + 1
    rho = np.zeros((size**2, size**2))
    for k in range(size):
        chance = comb(photons, k) * arrive**k * (1 - arrive) ** (photons - k)
        rho[k * size, k * size] = rho[k, k] = chance / 2
    rho[photons * size, photons] = rho[photons, photons * size] = arrive**photons / 2
    return rho

# --- squeezed
def squeezed_information(laser_photons, squeezing_db):
    squeezed = 10 ** (-squeezing_db / 10)
    return laser_photons / squeezed + (squeezed + 1 / squeezed - 2) / 4


def squeezed_error(photons, squeezing_db, arrive):
    return np.sqrt((10 ** (-squeezing_db / 10) + 1 - arrive) / (arrive * photons))

# --- estimate
def estimate_phase(settings_rad, clicks, totals, visibility):
    grid = np.linspace(0, np.pi, 20001)
    p = (1 + visibility * np.cos(grid[:, None] - settings_rad)) / 2
    phase = grid[np.argmax((clicks * np.log(p) + (totals - clicks) * np.log(1 - p)).sum(axis=1))]
    return phase, 0.01

# --- pays
def when_it_pays(arrive):
    group = int(-1 / np.log(arrive))
    return group, np.sqrt(group * arrive ** (group - 1)), 1 / np.sqrt(1 - arrive)
