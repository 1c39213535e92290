"""Gives millitesla, lets warmth raise the dips, feeds degrees to the cosine, exchanges the axes, and gives radians.

test_field: 0 points, [millitesla-for-microtesla]
test_temperature: 0 points, [warmer-is-higher]
test_angle: 0 points, [degrees-into-the-cosine]
test_line: 0 points, [axes-exchanged]
test_use: 0 points, [radians-for-degrees]
"""

# --- field
def field_along_axis(lower_mhz, upper_mhz):
    return (upper_mhz - lower_mhz) / (2 * MHZ_PER_MILLITESLA)

# --- temperature
def warming(lower_mhz, upper_mhz):
    return ((lower_mhz + upper_mhz) / 2 - 2870) / 0.0742


def false_field(kelvin):
    return 1000 * 0.0742 * kelvin / MHZ_PER_MILLITESLA

# --- angle
def dip_distance(field_ut, angle_deg):
    return 2 * MHZ_PER_MILLITESLA * field_ut / 1000 * abs(np.cos(angle_deg))

# --- line
def best_line(currents_ma, fields_ut):
    return np.polyfit(fields_ut, currents_ma, 1)

# --- use
def current_from_field(field_ut, slope, offset):
    return (field_ut - offset) / slope


def angle_to_axis(along_ut, whole_ut):
    return np.arccos(along_ut / whole_ut)
