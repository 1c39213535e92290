"""Goes on using the bits that were read aloud.

test_compare: 0 points, [published-bits-kept]
"""

# --- compare
def compare(alice_key, bob_key, positions):
    errors = 0
    for i in positions:
        if alice_key[i] != bob_key[i]:
            errors += 1
    return errors / len(positions), alice_key, bob_key
