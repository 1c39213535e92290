"""Leaves out every empty eigenstate, lets one photon arrive for all, and takes decibels of the amplitude.

test_predict: 0 points, [every-state-like-noon]
test_information: 0 points, [empty-states-left-out]
test_noon: 0 points, [one-photon-for-all]
test_squeezed: 0 points, [decibels-of-the-amplitude]
test_estimate: 0 points, [settings-alike]
test_pays: 0 points, [break-even-for-best]
"""

# --- predict
prediction = "e"

# --- information
def quantum_information(rho, generator):
    weights, vectors = np.linalg.eigh(rho)
    total = 0
    for i in range(len(weights)):
        for j in range(len(weights)):
            if weights[i] > 1e-10 and weights[j] > 1e-10:
                element = vectors[:, i].conj() @ generator @ vectors[:, j]
                total += 2 * (weights[i] - weights[j]) ** 2 / (weights[i] + weights[j]) * abs(element) ** 2
    return total

# --- noon
def noon_after_loss(photons, arrive):
    size = photons + 1
    rho = np.zeros((size**2, size**2))
    for k in range(size):
        chance = comb(photons, k) * arrive**k * (1 - arrive) ** (photons - k)
        rho[k * size, k * size] += chance / 2
        rho[k, k] += chance / 2
    rho[photons * size, photons] = rho[photons, photons * size] = arrive / 2
    return rho

# --- squeezed
def squeezed_information(laser_photons, squeezing_db):
    ratio = 10 ** (squeezing_db / 20)
    return laser_photons * ratio + np.sinh(np.log(ratio) / 2) ** 2


def squeezed_error(photons, squeezing_db, arrive):
    return np.sqrt((arrive * 10 ** (-squeezing_db / 20) + 1 - arrive) / (arrive * photons))

# --- estimate
def estimate_phase(settings_rad, clicks, totals, visibility):
    def fringe(theta, phase):
        return (1 + visibility * np.cos(phase + theta)) / 2

    phase, covariance = optimize.curve_fit(fringe, settings_rad, clicks / totals, [1.5])
    return phase[0], np.sqrt(covariance[0, 0])

# --- pays
def when_it_pays(arrive):
    group = 1
    while (group + 1) * arrive**group > 1:
        group += 1
    return group, np.sqrt(group * arrive ** (group - 1)), 1 / np.sqrt(1 - arrive)
