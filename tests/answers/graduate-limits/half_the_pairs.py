"""Counts each pair of eigenstates once, loses whole groups, and takes the root of no variance.

test_predict: 0 points, [loss-costs-its-share]
test_information: 0 points, [half-the-information]
test_noon: 0 points, [lost-run-becomes-vacuum]
test_squeezed: 0 points, [root-forgotten]
test_estimate: 0 points, [variance-for-standard-error]
test_pays: 0 points, [gain-of-informations]
"""

# --- predict
prediction = "b"

# --- information
def quantum_information(rho, generator):
    weights, vectors = np.linalg.eigh(rho)
    elements = abs(vectors.conj().T @ generator @ vectors) ** 2
    total = 0
    for i in range(len(weights)):
        for j in range(i):
            if weights[i] + weights[j] > 1e-10:
                total += 2 * (weights[i] - weights[j]) ** 2 / (weights[i] + weights[j]) * elements[i, j]
    return total

# --- noon
def noon_after_loss(photons, arrive):
    size = photons + 1
    rho = np.zeros((size**2, size**2))
    top, side = photons * size, photons
    rho[top, top] = rho[side, side] = rho[top, side] = rho[side, top] = arrive**photons / 2
    rho[0, 0] = 1 - arrive**photons
    return rho

# --- squeezed
def squeezed_error(photons, squeezing_db, arrive):
    return (arrive * 10 ** (-squeezing_db / 10) + 1 - arrive) / (arrive * photons)


def squeezed_information(laser_photons, squeezing_db):
    r = squeezing_db * np.log(10) / 20
    return laser_photons * np.exp(2 * r) + np.sinh(r) ** 2

# --- estimate
def estimate_phase(settings_rad, clicks, totals, visibility):
    grid = np.linspace(0, np.pi, 20001)
    p = (1 + visibility * np.cos(grid[:, None] + settings_rad)) / 2
    phase = grid[np.argmax((clicks * np.log(p) + (totals - clicks) * np.log(1 - p)).sum(axis=1))]
    p = (1 + visibility * np.cos(phase + settings_rad)) / 2
    slope = visibility * np.sin(phase + settings_rad) / 2
    return phase, 1 / np.sum(totals * slope**2 / p / (1 - p))

# --- pays
def when_it_pays(arrive):
    groups = np.arange(1, 200)
    best = groups[np.argmax(groups * arrive**groups)]
    return best, best * arrive ** (best - 1), 1 / (1 - arrive)
