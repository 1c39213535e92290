"""A right answer with loops: sums over pairs, binomial chances, scoring steps, and a walk up to the best group."""

# --- predict
prediction = " D) "

# --- information
def quantum_information(rho, generator):
    weights, vectors = np.linalg.eigh(rho)
    total = 0.0
    for i in range(len(weights)):
        for j in range(i):
            if weights[i] + weights[j] > 1e-12:
                element = np.vdot(vectors[:, i], generator @ vectors[:, j])
                total += 4 * (weights[i] - weights[j]) ** 2 / (weights[i] + weights[j]) * abs(element) ** 2
    return total

# --- noon
def noon_after_loss(photons, arrive):
    size = photons + 1
    rho = [[0j] * size**2 for _ in range(size**2)]
    for k in range(size):
        chance = comb(photons, k) * arrive**k * (1 - arrive) ** (photons - k)
        for row in (k * size, k):
            rho[row][row] += 0.5 * chance
    rho[photons * size][photons] = rho[photons][photons * size] = 0.5 * arrive**photons
    return rho

# --- squeezed
def squeezed_information(laser_photons, squeezing_db):
    large = 10 ** (squeezing_db / 10)
    r = np.log(large) / 2
    return laser_photons * large + np.sinh(r) ** 2


def squeezed_error(photons, squeezing_db, arrive):
    small = 10 ** (-squeezing_db / 10)
    return ((small - 1) / photons + 1 / (arrive * photons)) ** 0.5

# --- estimate
def estimate_phase(settings_rad, clicks, totals, visibility):
    phase = 1.5
    for _ in range(100):
        score, information = 0.0, 0.0
        for theta, seen, total in zip(settings_rad, clicks, totals):
            p = (1 + visibility * np.cos(phase + theta)) / 2
            slope = -visibility * np.sin(phase + theta) / 2
            score += slope * (seen - total * p) / (p * (1 - p))
            information += total * slope**2 / (p * (1 - p))
        phase += score / information
    return phase, information**-0.5

# --- pays
def when_it_pays(arrive):
    group = 1
    while (group + 1) * arrive > group:
        group += 1
    return float(group), np.sqrt(group) * arrive ** ((group - 1) / 2), 1 / np.sqrt(1 - arrive)
