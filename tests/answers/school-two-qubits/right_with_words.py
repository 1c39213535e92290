"""A right answer in small steps with lists and if, where True and False come as 1 and 0, and all comes back as lists."""

# --- chances
def chances(state):
    joint = []
    for amplitude in state:
        joint.append(amplitude * amplitude)
    return [joint, joint[0] + joint[1], 1 - joint[1] - joint[3]]

# --- product
def is_product(state):
    a, b, c, d = state
    difference = a * d - b * c
    if difference < 0:
        difference = -difference
    if difference < 0.000001:
        return 1
    else:
        return 0

# --- turn
signs = [[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]


def in_diagonal_basis(state):
    turned = []
    for row in signs:
        total = 0
        for sign, amplitude in zip(row, state):
            total += sign * amplitude / 2
        turned.append(total)
    return tuple(turned)


def correlation(joint):
    same = joint[0] + joint[3]
    return 2 * same - 1

# --- evidence
def evidence(rectilinear_counts, diagonal_counts):
    sizes = []
    for counts in (rectilinear_counts, diagonal_counts):
        same = counts[0] + counts[3]
        different = counts[1] + counts[2]
        sizes.append(abs(same - different) / (same + different))
    return sizes[0] + sizes[1]

entangled_lamps = "(b)"

# --- bob
def bobs_chances(state, alice_basis):
    if alice_basis == 1:
        a, b, c, d = state
        root = 0.5**0.5
        state = [(a + c) * root, (b + d) * root, (a - c) * root, (b - d) * root]
    joint, alice_0, bob_0 = chances(state)
    return [joint[0] / alice_0, joint[2] / (1 - alice_0), bob_0]
