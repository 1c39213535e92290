"""Adds the error bars without squaring them, and polarisers turned by the angles of the Bloch sphere.

test_predict: 0 points, [luck-has-no-limit]
test_chsh: 2 points, [error-bars-added]
test_angles: 0 points, [angles-doubled]
"""

# --- predict
prediction = "e"

# --- chsh
def chsh(table):
    E, errors = [], []
    for row in table:
        value, error = correlation(row)
        E.append(value)
        errors.append(error)
    return E[0] + E[1] + E[2] - E[3], sum(errors)

# --- angles
alice_angles = [0, 90]
bob_angles = [45, -45]
