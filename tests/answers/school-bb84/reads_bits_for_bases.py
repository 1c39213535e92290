"""Compares the detector's basis with the photon's bit, keeps basis 1 only, and lets signed errors cancel.

test_measure: 0 points, [bits-for-bases]
test_sift: 0 points, [one-basis-only]
test_compare: 0 points, [signed-errors-cancel]
test_experiment: 0 points, [follows-from-task-2]
"""

# --- measure
def measure(bits, bases, detector_bases, coins):
    return np.where(bits == detector_bases, bits, coins)

# --- sift
def sift(alice_bits, bob_bits, alice_bases, bob_bases):
    both = alice_bases * bob_bases == 1
    return alice_bits[both], bob_bits[both]

# --- compare
def compare(alice_key, bob_key, positions):
    return np.mean(alice_key[positions] - bob_key[positions]), np.delete(alice_key, positions), np.delete(bob_key, positions)
