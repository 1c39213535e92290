"""A right answer with rows of the Toeplitz matrix, a stack of blocks (the newest first), and Fisher's test as a sum."""

# --- bounds
def upper_bounds(wrong, tested, key_bits, eps):
    total = key_bits + tested
    steps = np.sqrt(np.log(1 / eps) / 2 * np.array([1 / tested, total * (tested + 1) / key_bits / tested**2]))
    hoeffding, serfling = np.minimum(wrong / tested + steps, 1)
    clopper_pearson = stats.binomtest(int(wrong), int(tested), alternative="less").proportion_ci(1 - eps).high
    return np.array([hoeffding, clopper_pearson, serfling])

# --- cascade
def cascade(alice, bob, sizes, orders):
    errors, told, blocks = alice ^ bob, 0, []
    owners = [[] for _ in range(len(bob))]
    for size, order in zip(sizes, orders, strict=True):
        for block in np.split(order, np.arange(size, len(order), size)):
            for place in block:
                owners[place].append(len(blocks))
            blocks.append(block)
            told += 1
            stack = [len(blocks) - 1]
            while stack:
                part = blocks[stack.pop()]
                if errors[part].sum() % 2 == 0:
                    continue
                while part.size > 1:
                    first, rest = np.split(part, [part.size // 2])
                    told += 1
                    part = first if errors[first].sum() % 2 else rest
                errors[part[0]] ^= 1
                stack.extend(owners[part[0]])
    return np.where(errors, 1 - alice, alice), np.array([told])


def efficiency(length, errors, told):
    return told / length / stats.entropy([errors / length, 1 - errors / length], base=2)

# --- hash
def toeplitz_hash(key, seed, length):
    turned = np.asarray(key, dtype=np.float32)[::-1]
    seed = np.asarray(seed, dtype=np.float32)
    return [round(float(seed[i : i + turned.size] @ turned)) % 2 for i in range(length)]

# --- length
def key_length(key_bits, phase_error, told, tag_bits, eps):
    q = np.clip(phase_error, 1e-300, 0.5)
    left = key_bits * (1 - stats.entropy([q, 1 - q], base=2)) - told - tag_bits - np.log2(eps**-2)
    length = max(0, np.floor(left))
    return length, (length + key_bits - 1) * (length > 0)


def rate_of_block(total, tested, error_rate, efficiency_factor, tag_bits, eps):
    n = total - tested
    told = efficiency_factor * n * stats.entropy([error_rate, 1 - error_rate], base=2)
    bound = error_rate + np.sqrt(np.log(1 / eps) * total * (tested + 1) / (2 * n * tested**2))
    return key_length(n, bound, told, tag_bits, eps)[0] / total

# --- chance
def chance(wrong, tested, reference_wrong, reference_tested):
    table = [[wrong, tested - wrong], [reference_wrong, reference_tested - reference_wrong]]
    return stats.fisher_exact(table, alternative="greater")[1]

# --- watch
def watch(tested, wrong, window, false_alarm):
    quiet, alarms = [], np.zeros(len(tested), dtype=bool)
    for minute, (here, seen) in enumerate(zip(tested, wrong, strict=True)):
        if minute >= window:
            bits, errors = np.array(quiet)[-window:].sum(axis=0)
            table = [[seen, here - seen], [errors, bits - errors]]
            p = stats.fisher_exact(table, alternative="greater")[1]
            alarms[minute] = p * (len(tested) - window) < false_alarm
        if not alarms[minute]:
            quiet.append((here, seen))
    return alarms
