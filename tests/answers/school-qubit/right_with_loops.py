"""A right answer in plain Python: cmath, tuples, integers for the verdicts, division with a look at zero."""

# --- probabilities
def probabilities(state):
    result = []
    for amplitude in state:
        z = complex(amplitude)
        result.append(z.real * z.real + z.imag * z.imag)
    return tuple(result)

# --- toss
def toss(state):
    a, b = [complex(z) for z in state]
    root = 2**0.5
    return a / root + b / root, a / root - b / root

# --- steer
import cmath
import math


def steer(degrees):
    state = toss((1, 0))
    state = (state[0], state[1] * cmath.exp(1j * math.radians(degrees)))
    state = toss(state)
    return 1 - probabilities(state)[1]

# --- compare
def is_same(one, other):
    a, b = one
    c, d = other
    if abs(a) < 1e-6 or abs(c) < 1e-6:
        return int(abs(a) < 1e-6 and abs(c) < 1e-6)
    return int(abs(b / a - d / c) < 1e-6)
