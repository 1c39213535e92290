"""Takes the next unused coin, gives Alice's bits for both keys, and writes percent.

test_measure: 0 points, [coins-out-of-step]
test_sift: 0 points, [one-key-twice]
test_experiment: 0 points, [follows-from-task-2]
test_compare: 0 points, [percent-for-fraction]
"""

# --- measure
def measure(bits, bases, detector_bases, coins):
    coins = list(coins)
    shown = []
    for i in range(len(bits)):
        if bases[i] == detector_bases[i]:
            shown.append(bits[i])
        else:
            shown.append(coins.pop(0))
    return shown

# --- sift
def sift(alice_bits, bob_bits, alice_bases, bob_bases):
    key = [alice_bits[i] for i in range(len(alice_bits)) if alice_bases[i] == bob_bases[i]]
    return key, key

# --- compare
def compare(alice_key, bob_key, positions):
    differ = sum(alice_key[i] != bob_key[i] for i in positions)
    return differ / len(positions) * 100, np.delete(alice_key, positions), np.delete(bob_key, positions)
