"""A right answer with least squares by matrices, arrays of one entry, and a numpy array for two numbers."""

# --- field
def field_along_axis(lower_mhz, upper_mhz):
    return np.array([np.ptp([lower_mhz, upper_mhz]) / 2 * 1e3 / MHZ_PER_MILLITESLA])

# --- temperature
def warming(lower_mhz, upper_mhz):
    return (np.mean([lower_mhz, upper_mhz]) - 2870) / -0.0742


def false_field(kelvin):
    return np.float64(kelvin) * 74.2 / MHZ_PER_MILLITESLA

# --- angle
def dip_distance(field_ut, angle_deg):
    angle = np.radians(angle_deg)
    axis, field = np.array([0, 1]), field_ut * np.array([np.sin(angle), np.cos(angle)])
    return np.abs(axis @ field) * 2 * MHZ_PER_MILLITESLA * 1e-3

# --- line
def best_line(currents_ma, fields_ut):
    matrix = np.column_stack([currents_ma, np.ones(len(currents_ma))])
    return np.linalg.lstsq(matrix, np.array(fields_ut), rcond=None)[0]

# --- use
def current_from_field(field_ut, slope, offset):
    return np.linalg.solve([[slope]], [field_ut - offset])


def angle_to_axis(along_ut, whole_ut):
    return 180 / np.pi * np.arccos(along_ut / whole_ut)
