"""A right answer in plain Python: long integers for hashing, bookkeeping of parities, a search for the bound, sums."""

# --- predict
prediction = "D"

# --- bounds
import math


def upper_bounds(wrong, tested, key_bits, eps):
    rate = wrong / tested
    low, high = rate, 1.0
    while high - low > 1e-13:
        middle = (low + high) / 2
        if stats.binom.cdf(wrong, tested, middle) > eps:
            low = middle
        else:
            high = middle
    mu_1 = math.sqrt(-math.log(eps) / 2 / tested)
    mu_2 = math.sqrt(-math.log(eps) * (key_bits + tested) * (tested + 1) / 2 / key_bits) / tested
    return [min(rate + mu_1, 1), high, min(rate + mu_2, 1)]

# --- cascade
def cascade(alice, bob, sizes, orders):
    hers, his = [int(bit) for bit in alice], [int(bit) for bit in bob]
    told = 0
    known = []  # [places, whether the parities differ]

    def flip(place):
        his[place] = 1 - his[place]
        for entry in known:
            if place in entry[0]:
                entry[1] = not entry[1]

    for size, order in zip(sizes, orders, strict=True):
        places = [int(place) for place in order]
        while places:
            block, places = places[:size], places[size:]
            told += 1
            known.append([block, sum(hers[i] + his[i] for i in block) % 2 == 1])
        while True:
            odd = [entry[0] for entry in known if entry[1]]
            if not odd:
                break
            part = min(odd, key=len)
            while len(part) > 1:
                first, second = part[: len(part) // 2], part[len(part) // 2 :]
                told += 1
                part = first if sum(hers[i] + his[i] for i in first) % 2 else second
            flip(part[0])
    return his, told


def efficiency(length, errors, told):
    q = errors / length
    return told / (length * (q * math.log2(1 / q) + (1 - q) * math.log2(1 / (1 - q))))

# --- hash
def toeplitz_hash(key, seed, length):
    n = len(key)
    key_number = int("".join(str(int(bit)) for bit in key), 2)
    seed_number = int("".join(str(int(bit)) for bit in reversed(seed)), 2)
    mask = (1 << n) - 1
    return [((seed_number >> i) & mask & key_number).bit_count() % 2 for i in range(length)]

# --- length
def h(q):
    return 0 if q in (0, 1) else q * math.log2(1 / q) + (1 - q) * math.log2(1 / (1 - q))


def key_length(key_bits, phase_error, told, tag_bits, eps):
    ignorance = key_bits * (1 - h(phase_error)) if phase_error < 0.5 else 0
    length = math.floor(ignorance - told - tag_bits + 2 * math.log2(eps))
    if length <= 0:
        return 0, 0
    return length, length + key_bits - 1


def rate_of_block(total, tested, error_rate, efficiency_factor, tag_bits, eps):
    n = total - tested
    mu = math.sqrt(-math.log(eps) * total * (tested + 1) / 2 / n) / tested
    bound = min(0.5, error_rate + mu)
    left = n * (1 - h(bound) - efficiency_factor * h(error_rate)) - tag_bits + 2 * math.log2(eps)
    return max(0, left / total)

# --- chance
def chance(wrong, tested, reference_wrong, reference_tested):
    bits, errors = int(tested + reference_tested), int(wrong + reference_wrong)
    ways = sum(
        math.comb(errors, x) * math.comb(bits - errors, int(tested) - x)
        for x in range(int(wrong), min(errors, int(tested)) + 1)
    )
    return ways / math.comb(bits, int(tested))

# --- watch
def watch(tested, wrong, window, false_alarm):
    alarms = []
    for minute in range(len(tested)):
        quiet = [before for before in range(minute) if not alarms[before]]
        if minute < window:
            alarms.append(False)
            continue
        bits = int(tested[minute]) + sum(int(tested[before]) for before in quiet[-window:])
        errors = int(wrong[minute]) + sum(int(wrong[before]) for before in quiet[-window:])
        here, seen = int(tested[minute]), int(wrong[minute])
        ways = sum(math.comb(errors, x) * math.comb(bits - errors, here - x) for x in range(seen, min(errors, here) + 1))
        alarms.append(ways / math.comb(bits, here) < false_alarm / (len(tested) - window))
    return alarms
