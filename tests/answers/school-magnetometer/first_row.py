"""Takes the first row for the offset, halves one dip, divides by the cosine, and forgets what a thousand means.

test_field: 0 points, [millitesla-for-microtesla]
test_temperature: 0 points, [two-dips-for-one]
test_angle: 0 points, [divided-by-the-cosine]
test_line: 0 points, [first-row-for-offset]
test_use: 0 points, [offset-after-dividing]
"""

# --- field
def field_along_axis(lower_mhz, upper_mhz):
    return (upper_mhz - lower_mhz) / (2 * MHZ_PER_MILLITESLA) / 1000

# --- temperature
def warming(lower_mhz, upper_mhz):
    return (2870 - (lower_mhz + upper_mhz) / 2) / 0.0742


def false_field(kelvin):
    return 1000 * 0.0742 * kelvin / (2 * MHZ_PER_MILLITESLA)

# --- angle
def dip_distance(field_ut, angle_deg):
    return abs(2 * MHZ_PER_MILLITESLA * field_ut / 1000 / np.cos(np.deg2rad(angle_deg)))

# --- line
def best_line(currents_ma, fields_ut):
    return np.polyfit(currents_ma, fields_ut, 1)[0], fields_ut[0]

# --- use
def current_from_field(field_ut, slope, offset):
    return field_ut / slope - offset


def angle_to_axis(along_ut, whole_ut):
    return np.rad2deg(np.arccos(along_ut / whole_ut))
