"""A right answer with loops and Python's own mathematics: sums over photon numbers, and a grid for the best signal."""

# --- predict
prediction = "B)"

# --- model
import math


def gain_and_error(intensity, length_km, db_per_km, efficiency, background, misalignment):
    eta = efficiency * 10 ** (-db_per_km * length_km / 10)
    gain = wrong = 0.0
    for n in range(40):
        chance = math.exp(-intensity) * intensity**n / math.factorial(n)
        photons = 1 - (1 - eta) ** n
        gain += chance * (background + (1 - background) * photons)
        wrong += chance * (background / 2 + misalignment * (1 - background) * photons)
    return [gain, wrong / gain]

# --- bounds
def decoy_bounds(mu, nu, gain_mu, gain_nu, error_nu, y0):
    front = mu / (mu * nu - nu**2)
    inside = gain_nu * math.exp(nu) - gain_mu * math.exp(mu) * nu**2 / mu**2 - (mu**2 - nu**2) / mu**2 * y0
    if inside <= 0:
        return [0, 0.5]
    y1 = front * inside
    e1 = (error_nu * gain_nu * math.exp(nu) - 0.5 * y0) / (y1 * nu)
    return [y1, e1 if e1 < 0.5 else 0.5]

# --- rate
def entropy(x):
    return sum(-p * math.log2(p) for p in (x, 1 - x) if p > 0)


def key_rate(mu, gain_mu, error_mu, y1, e1, f_ec, sifted):
    gained = y1 * mu * math.exp(-mu) * (1 - entropy(e1))
    paid = gain_mu * f_ec * entropy(error_mu)
    return sifted * (gained - paid) if gained > paid else 0

# --- intensity
def best_intensity(misalignment, f_ec):
    best, most = 0, -1
    for step in range(1001):
        mu = step / 1000
        rate = key_rate(mu, mu * 1e-3, misalignment, 1e-3, misalignment, f_ec, 1)
        if rate > most:
            best, most = mu, rate
    return best

# --- finite
def careful_bounds(sent, clicks, wrong, mu, nu, k):
    def up(i, counts):
        return (counts[i] + k * math.sqrt(counts[i])) / sent[i]

    def down(i, counts):
        return max(0, counts[i] - k * math.sqrt(counts[i])) / sent[i]

    y1 = decoy_bounds(mu, nu, up(0, clicks), down(1, clicks), 0.5, up(2, clicks))[0]
    if y1 == 0:
        return [0, 0.5]
    return [y1, min(0.5, (up(1, wrong) * math.exp(nu) - down(2, clicks) / 2) / (y1 * nu))]

# --- plob
def most_key(length_km, db_per_km):
    return -math.log(1 - math.pow(10, -db_per_km * length_km / 10), 2)
