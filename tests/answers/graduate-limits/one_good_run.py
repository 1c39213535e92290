"""Optimises one run, keeps the survivors coherent, forgets the visibility, and mistakes the quadrature.

test_predict: 0 points, [loss-changes-the-power]
test_information: 0 points, [rows-for-columns]
test_noon: 0 points, [survivors-stay-coherent]
test_squeezed: 0 points, [anti-squeezing-forgotten]
test_estimate: 0 points, [visibility-taken-for-one]
test_pays: 0 points, [best-single-run]
"""

# --- predict
prediction = "c"

# --- information
def quantum_information(rho, generator):
    p, v = np.linalg.eigh(rho)
    g = v @ generator @ v.conj().T
    sums = p[:, None] + p
    kept = sums > 1e-10
    return 2 * np.sum(((p[:, None] - p) ** 2 * abs(g) ** 2)[kept] / sums[kept])

# --- noon
def noon_after_loss(photons, arrive):
    size = photons + 1
    rho = np.zeros((size**2, size**2))
    for k in range(size):
        state = np.zeros(size**2)
        state[k] += 1
        state[k * size] += 1
        chance = comb(photons, k) * arrive**k * (1 - arrive) ** (photons - k)
        rho += chance * np.outer(state, state) / (state @ state)
    return rho

# --- squeezed
def squeezed_information(laser_photons, squeezing_db):
    r = squeezing_db * np.log(10) / 20
    return laser_photons * np.exp(-2 * r) + np.sinh(r) ** 2

# --- estimate
def estimate_phase(settings_rad, clicks, totals, visibility):
    grid = np.linspace(1e-4, np.pi, 20001)
    p = np.clip((1 + np.cos(grid[:, None] + settings_rad)) / 2, 1e-9, 1 - 1e-9)
    phase = grid[np.argmax((clicks * np.log(p) + (totals - clicks) * np.log(1 - p)).sum(axis=1))]
    return phase, 1 / np.sqrt(np.sum(totals))

# --- pays
def when_it_pays(arrive):
    groups = np.arange(1, 200)
    best = groups[np.argmax(groups**2 * arrive**groups)]
    return best, np.sqrt(best * arrive ** (best - 1)), 1 / np.sqrt(1 - arrive)
