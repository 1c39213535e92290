"""A right answer of few loops: the plans counted on paper, the four pairs written out, the hint's 20° beyond 180°."""

# --- plan
def wins_of_plan(alice, bob):
    a, A = alice
    b, B = bob
    wins = 0
    if a == b:
        wins = wins + 1
    if a == B:
        wins = wins + 1
    if A == b:
        wins = wins + 1
    if A * B < 0:
        wins = wins + 1
    return wins

# --- plans
def count_plans():
    return 0, 8, 0, 8, 0

# --- correlation
def correlation(counts):
    pp, pm, mp, mm = counts
    n = pp + pm + mp + mm
    E = pp / n + mm / n - pm / n - mp / n
    error = ((1 - E * E) / n) ** (1 / 2)
    return [E, error]

# --- chsh
def chsh(table):
    S = correlation(table[0])[0] + correlation(table[1])[0] + correlation(table[2])[0] - correlation(table[3])[0]
    squares = 0
    for row in table:
        squares = squares + correlation(row)[1] ** 2
    return S, squares**0.5

# --- angles
alice_angles = 180, 220
bob_angles = [20, 340]
