"""A right answer with loops and plain Python, the half angle, one less in the deviation, and base-2 logarithms."""

# --- predict
prediction = "(D)"

# --- phase
import math


def phase_from_clicks(clicks, photons):
    return 2 * math.acos(math.sqrt(clicks / photons))

# --- error_bar
def error_bar(clicks, photons):
    total = 0
    phases = []
    for number in clicks:
        phases.append(phase_from_clicks(number, photons))
        total += phases[-1]
    mean = total / len(phases)
    squares = 0
    for phase in phases:
        squares += (phase - mean) ** 2
    return math.sqrt(squares / (len(phases) - 1))

# --- power
def power(photons_1, error_1, photons_2, error_2):
    return (math.log2(error_1) - math.log2(error_2)) / (math.log2(photons_1) - math.log2(photons_2))

# --- needed
def photons_needed(photons, error, wanted):
    constant = error * math.sqrt(photons)
    return (constant / wanted) ** 2

# --- alone
def alone_error(photons, arrive, runs):
    arriving = 0
    for _ in range(runs):
        arriving += photons * arrive
    return arriving**-0.5

# --- together
def together_error(photons, arrive, runs):
    chance = 1
    for _ in range(photons):
        chance *= arrive
    return 1 / photons / math.sqrt(chance) / math.sqrt(runs)
