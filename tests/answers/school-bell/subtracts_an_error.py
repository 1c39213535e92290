"""Subtracts the last error bar as it subtracts the last correlation, and takes a book's angles for another game.

test_chsh: 2 points, [error-bar-subtracted]
test_angles: 0 points, [minus-sign-at-another-pair]
"""

# --- chsh
def chsh(table):
    signs = [1, 1, 1, -1]
    S, square = 0, 0
    for sign, row in zip(signs, table):
        E, error = correlation(row)
        S += sign * E
        square += sign * error**2
    return S, np.sqrt(abs(square))

# --- angles
alice_angles = [0, 45]
bob_angles = [22.5, 67.5]
