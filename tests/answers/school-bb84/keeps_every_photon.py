"""Keeps the photons that Bob read in the other basis, too.

test_sift: 0 points, [kept-mismatched-bases]
test_experiment: 0 points, Mend sift first, then run this test again. [follows-from-task-3]
"""

# --- sift
def sift(alice_bits, bob_bits, alice_bases, bob_bases):
    return alice_bits, bob_bits
