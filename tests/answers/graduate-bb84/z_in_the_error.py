"""Gives z standard errors for one, and squares the complex overlap without its modulus.

test_states: 0 points, [real-part-for-modulus]
test_estimate: 0 points, [z-in-the-standard-error]
"""

# --- states
def signal_state(bit, basis):
    if basis == 0:
        return qutip.basis(2, bit)
    return (qutip.basis(2, 0) + (-1) ** bit * qutip.basis(2, 1)).unit()


def outcome_probability(state, bit, basis):
    return np.real(signal_state(bit, basis).overlap(state) ** 2)

# --- estimate
def estimate_error_rate(alice_bits, bob_bits, z):
    n = len(alice_bits)
    q = np.mean(alice_bits != bob_bits)
    roots = np.sort(np.roots([1 + z**2 / n, -(2 * q + z**2 / n), q**2]))
    return q, z * np.sqrt(q * (1 - q) / n), roots[0], roots[1]
