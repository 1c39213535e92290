"""Prints the sifted keys and forgets to return them.

test_sift: 0 points, there is no answer yet
test_experiment: 0 points, [follows-from-task-3]
"""

# --- sift
def sift(alice_bits, bob_bits, alice_bases, bob_bases):
    alice_key = alice_bits[alice_bases == bob_bases]
    bob_key = bob_bits[alice_bases == bob_bases]
    print(alice_key, bob_key)
