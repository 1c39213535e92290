"""Takes 4 Var(G) for every state, keeps the coherence through the loss, and the squeezing too.

test_predict: 0 points, [heisenberg-with-smaller-constant]
test_information: 0 points, [variance-of-a-mixed-state]
test_noon: 0 points, [loss-keeps-coherence]
test_squeezed: 0 points, [loss-lets-no-vacuum-in]
test_estimate: 0 points, [mean-of-inversions]
test_pays: 0 points, [loss-only-for-noon]
"""

# --- predict
prediction = "a"

# --- information
def quantum_information(rho, generator):
    mean = np.trace(rho @ generator).real
    return 4 * (np.trace(rho @ generator @ generator).real - mean**2)

# --- noon
def noon_after_loss(photons, arrive):
    size = photons + 1
    rho = np.zeros((size**2, size**2))
    for k in range(size):
        chance = comb(photons, k) * arrive**k * (1 - arrive) ** (photons - k)
        rho[k * size, k * size] += chance / 2
        rho[k, k] += chance / 2
    rho[photons * size, photons] = rho[photons, photons * size] = 1 / 2
    return rho

# --- squeezed
def squeezed_information(laser_photons, squeezing_db):
    r = squeezing_db * np.log(10) / 20
    return laser_photons * np.exp(2 * r) + np.sinh(r) ** 2


def squeezed_error(photons, squeezing_db, arrive):
    return np.sqrt(10 ** (-squeezing_db / 10) / (arrive * photons))

# --- estimate
def estimate_phase(settings_rad, clicks, totals, visibility):
    phases = np.arccos(np.clip((2 * clicks / totals - 1) / visibility, -1, 1)) - settings_rad
    return phases.mean(), phases.std(ddof=1) / np.sqrt(len(phases))

# --- pays
def when_it_pays(arrive):
    groups = np.arange(1, 200)
    best = groups[np.argmax(groups * arrive**groups)]
    return best, np.sqrt(best * arrive**best), np.sqrt(arrive / (1 - arrive))
