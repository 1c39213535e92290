"""Keeps the photons that Bob read in the other basis, too.

test_sift: 0 points, [kept-mismatched-bases]
test_experiment: 0 points, With no Eve your error fraction is near 25 %, where it should be 0. Did you keep the mismatched bases? [kept-mismatched-bases]
"""

# --- sift
def sift(alice_bits, bob_bits, alice_bases, bob_bases):
    return alice_bits, bob_bits
