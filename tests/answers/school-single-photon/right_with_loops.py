"""A right answer in plain Python: lists, loops, the math module and points for arrows.

"""

# --- predict
prediction = " c "

# --- chances
import math


def chances(upper_share, phase):
    results = []
    for sign in (1, -1):
        x = math.sqrt(upper_share / 2) * math.cos(math.radians(phase)) + sign * math.sqrt((1 - upper_share) / 2)
        y = math.sqrt(upper_share / 2) * math.sin(math.radians(phase))
        results.append(x * x + y * y)
    return results

# --- marker
def marked_chances(phase, turn):
    phase, turn = phase / 180 * math.pi, turn / 180 * math.pi
    results = []
    for sign in (1, -1):
        x = math.cos(turn) * math.cos(phase) / 2 + sign / 2
        y = math.cos(turn) * math.sin(phase) / 2
        results.append(x**2 + y**2 + math.sin(turn) ** 2 / 4)
    return results[0], results[1]

# --- visibility
def visibility(phases, clicks):
    bright = dark = 0
    for phase, number in zip(phases, clicks):
        if phase == 0:
            bright += int(number)
        elif phase == 180:
            dark += int(number)
    v = (bright - dark) / (bright + dark)
    p = bright / (bright + dark)
    return [v, 2 * (p * (1 - p) / (bright + dark)) ** 0.5]

# --- knowledge
def knowledge(right, wrong):
    d = 2 * right / (right + wrong) - 1
    return d, (1 - d * d) ** 0.5

# --- bomb
def bomb_test(photons):
    if photons == 0:
        return 0, 0, 1
    found, exploded, undecided = bomb_test(photons - 1)
    return found + undecided * 0.25, exploded + undecided * 0.5, undecided * 0.25
