"""Forgets the square root of the error bar, and gives the angles in radians.

test_correlation: 0 points, [square-root-forgotten]
test_chsh: 2 points, [follows-from-task-4]
test_angles: 0 points, [radians-for-degrees]
"""

# --- correlation
def correlation(counts):
    same, other = counts[0] + counts[3], counts[1] + counts[2]
    E = (same - other) / (same + other)
    return E, (1 - E**2) / (same + other)

# --- angles
alice_angles = np.array([0, np.pi / 4])
bob_angles = np.array([np.pi / 8, -np.pi / 8])
