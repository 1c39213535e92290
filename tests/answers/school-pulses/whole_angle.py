"""Forgets the half of the angle on the Bloch sphere, and the root in the pace off resonance.

test_chance: 0 points, [angle-not-halved]
test_fit: 0 points, [follows-from-question-2]
test_detuned: 0 points, [root-forgotten]
"""

# --- chance
def chance_of_one(pulse_ns, rabi_mhz):
    angle = 2 * np.pi * rabi_mhz * pulse_ns / 1000
    return np.sin(angle) ** 2

# --- detuned
def detuned_drive(rabi_mhz, detuning_mhz):
    squared = rabi_mhz**2 + detuning_mhz**2
    return rabi_mhz**2 / squared, 500 / squared
