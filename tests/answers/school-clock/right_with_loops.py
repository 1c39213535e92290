"""A right answer with loops and plain Python, and one less in the standard deviation."""

# --- predict
prediction = "(D)"

# --- shift
import math


def fractional_shift(height_m):
    energy_per_kilogram = 9.81 * height_m
    return energy_per_kilogram / 299792458 / 299792458

# --- gain
def time_gained_ns(shift, days):
    gained = 0
    for _ in range(int(days)):
        gained += shift * 24 * 60 * 60
    return gained / 1e-9

# --- mean
def mean_and_error(beats):
    total = 0
    for beat in beats:
        total += beat
    mean = total / len(beats)
    squares = 0
    for beat in beats:
        squares += (beat - mean) ** 2
    return [mean, math.sqrt(squares / (len(beats) - 1) / len(beats))]

# --- change
def change(before, before_error, after, after_error):
    scale = 1000 * CLOCK_HZ
    return [(after - before) / scale, math.hypot(before_error, after_error) / scale]

# --- hours
def hours_needed(shift, scatter, reading_s, times):
    allowed = shift / times / math.sqrt(2)
    return (scatter / allowed) ** 2 * reading_s / 60 / 60
