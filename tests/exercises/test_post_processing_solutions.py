"""The reference solutions on post-processing agree with brute force and bookkeeping, and the data with their truth."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from exercises.post_processing_logs import (
    BURST_MINUTES,
    EVE_MINUTES,
    FOLDER,
    KEY_BITS,
    KEY_MINUTES,
    MINUTES,
    graduate_logs,
)
from exercises.test_single_photon import printed_by, source_of
from exercises.test_solutions import solved

SCHOOL, GRADUATE = "school-post-processing", "graduate-post-processing"
Key = NDArray[np.int64]


@pytest.fixture(scope="module")
def school() -> dict[str, Any]:
    return solved(SCHOOL)


@pytest.fixture(scope="module")
def graduate() -> dict[str, Any]:
    return solved(GRADUATE)


def binary_entropy(q: float) -> float:
    return float(stats.entropy([q, 1 - q], base=2))


def noisy_pair(length: int, error_rate: float, seed: int) -> tuple[Key, Key]:
    rng = np.random.default_rng(seed)
    alice = rng.integers(0, 2, size=length)
    return alice, np.where(rng.random(length) < error_rate, 1 - alice, alice)


class Telephone:
    """Alice's end: tells parities of places and counts them; Bob has nothing else of hers."""

    def __init__(self, alice: Key) -> None:
        self._alice = alice
        self.told = 0

    def parity(self, places: Key) -> int:
        self.told += 1
        return int(np.sum(self._alice[places]) % 2)


def cascade_by_telephone(alice: Key, bob: Key, sizes: list[int], orders: list[Key]) -> tuple[Key, int]:
    """Cascade in which Bob sees only what the telephone tells, and keeps book of it."""
    telephone, mended, book = Telephone(alice), bob.copy(), []
    for size, order in zip(sizes, orders, strict=True):
        book += [(places, telephone.parity(places)) for places in np.split(order, range(size, len(order), size))]
        while odd := [entry for entry in book if np.sum(mended[entry[0]]) % 2 != entry[1]]:
            part, parity = min(odd, key=lambda entry: len(entry[0]))
            while len(part) > 1:
                first = part[: len(part) // 2]
                first_parity = telephone.parity(first)
                if np.sum(mended[first]) % 2 != first_parity:
                    part, parity = first, first_parity
                else:
                    part, parity = part[len(part) // 2 :], parity ^ first_parity
            mended[part[0]] = parity
    return mended, telephone.told


@pytest.mark.parametrize(("length", "error_rate", "seed"), [(300, 0.04, 1), (511, 0.02, 2), (640, 0.06, 3)])
def test_graduate_cascade_tells_what_a_bob_with_a_telephone_hears(
    graduate: dict[str, Any], length: int, error_rate: float, seed: int
) -> None:
    alice, bob = noisy_pair(length, error_rate, seed)
    rng = np.random.default_rng(seed + 10)
    sizes = [round(0.73 / error_rate) * 2**number for number in range(4)]
    orders = [rng.permutation(length) for _ in sizes]
    mended, told = graduate["cascade"](alice, bob, sizes, orders)
    by_telephone, heard = cascade_by_telephone(alice, bob, sizes, orders)
    np.testing.assert_array_equal(mended, by_telephone)
    assert told == heard


def test_a_school_pass_tells_what_a_bob_with_a_telephone_hears(school: dict[str, Any]) -> None:
    for seed in range(6):
        alice, bob = noisy_pair(90, 0.05, seed)
        order = np.random.default_rng(seed + 20).permutation(90)
        mended, told = school["one_pass"](alice, bob, 13, order)
        by_telephone, heard = cascade_by_telephone(alice, bob, [13], [order])
        np.testing.assert_array_equal(mended, by_telephone)
        assert told == heard


def test_the_graduate_efficiency_is_anchor_k24(graduate: dict[str, Any]) -> None:
    for told, factor in ((194391.8578, 1.0), (225494.5551, 1.16), (237158.0666, 1.22)):
        assert graduate["efficiency"](1_000_000, 30_000, told) == pytest.approx(factor, rel=1e-6)


def test_the_graduate_length_and_seed_are_anchor_k25(graduate: dict[str, Any]) -> None:
    told = 1.16 * 1e6 * binary_entropy(0.03)
    assert graduate["key_length"](1_000_000, 0.03, told, 0, 1e-10) == (580047, 1580046)


def test_the_graduate_hoeffding_bound_is_anchor_k47(graduate: dict[str, Any]) -> None:
    bound = graduate["upper_bounds"](30_000, 1_000_000, 1_000_000, 1e-10)[0]
    assert 1e6 * bound - 30_000 == pytest.approx(3393.070212, rel=1e-7)


def test_serflings_bound_fails_no_more_often_than_it_says_for_any_number_of_errors(graduate: dict[str, Any]) -> None:
    key_bits, tested, eps = 120, 80, 0.05
    bounds = np.array([graduate["upper_bounds"](w, tested, key_bits, eps)[2] for w in range(tested + 1)])
    worst = 0.0
    for errors in range(key_bits + tested + 1):
        seen = np.arange(max(0, errors - key_bits), min(tested, errors) + 1)
        chance = stats.hypergeom.pmf(seen, key_bits + tested, errors, tested)
        worst = max(worst, float(np.sum(chance[(errors - seen) / key_bits > bounds[seen]])))
    assert 0 < worst <= eps


def test_clopper_pearson_and_hoeffding_fail_no_more_often_than_they_say(graduate: dict[str, Any]) -> None:
    tested, eps = 60, 0.05
    bounds = np.array([graduate["upper_bounds"](w, tested, 100, eps)[:2] for w in range(tested + 1)])
    for p in np.linspace(0.01, 0.99, 99):
        chance = stats.binom.pmf(np.arange(tested + 1), tested, p)
        for column in (0, 1):
            assert np.sum(chance[bounds[:, column] < p]) <= eps + 1e-12


def test_different_keys_have_equal_hashes_as_often_as_universal_hashing_says(graduate: dict[str, Any]) -> None:
    n, length = 4, 3
    seeds = [np.array(seed) for seed in itertools.product((0, 1), repeat=n + length - 1)]
    for difference in itertools.product((0, 1), repeat=n):
        if any(difference):
            equal = sum(not np.any(graduate["toeplitz_hash"](np.array(difference), seed, length)) for seed in seeds)
            assert equal == len(seeds) / 2**length


def test_the_hash_of_a_key_is_as_near_to_perfect_as_the_leftover_hash_lemma_says(graduate: dict[str, Any]) -> None:
    # Eve knows two parities of a random key of seven bits: H = 5. Average over all seeds of half the sum of |p - 2^-l|.
    n, length, ignorance = 7, 3, 5
    keys = [key for key in itertools.product((0, 1), repeat=n) if sum(key[:3]) % 2 == 0 and (key[4] + key[6]) % 2 == 1]
    assert len(keys) == 2**ignorance
    columns = np.array(keys).T
    distances = []
    for seed in itertools.product((0, 1), repeat=n + length - 1):
        # the columns of the matrix are the hashes of the unit vectors
        matrix = np.column_stack(
            [graduate["toeplitz_hash"](unit, np.array(seed), length) for unit in np.eye(n, dtype=int)]
        )
        numbers = np.array([4, 2, 1]) @ (matrix @ columns % 2)
        distances.append(np.sum(np.abs(np.bincount(numbers, minlength=8) / len(keys) - 1 / 8)) / 2)
    assert 0 < np.mean(distances) <= 2 ** (-(ignorance - length) / 2)


def test_a_planned_rate_tends_to_what_shannon_and_eve_leave(graduate: dict[str, Any]) -> None:
    rates = [
        graduate["rate_of_block"](total, total // 50, 0.022, 1.15, 34, 1e-10)
        for total in (10**6, 10**8, 10**10, 10**12)
    ]
    limit = 0.98 * (1 - 2.15 * binary_entropy(0.022))
    assert np.all(np.diff(rates) > 0)
    assert rates[-1] == pytest.approx(limit, rel=1e-3)
    assert rates[-1] < limit


def test_the_chance_of_a_minute_is_the_share_of_all_ways_to_place_the_wrong_bits(graduate: dict[str, Any]) -> None:
    here, bits, errors, seen = 5, 7, 2, 3
    ways = list(itertools.combinations(range(here + bits), errors + seen))
    share = sum(sum(place < here for place in way) >= seen for way in ways) / len(ways)
    assert graduate["chance"](seen, here, errors, bits) == pytest.approx(share, rel=1e-12)


def test_an_honest_run_raises_an_alarm_as_seldom_as_it_promises(graduate: dict[str, Any]) -> None:
    rng = np.random.default_rng(12)
    runs, false_alarm = 300, 0.2
    tested = np.full(25, 300)
    alarmed = sum(
        np.any(graduate["watch"](tested, rng.binomial(300, 0.03, size=25), 8, false_alarm)) for _ in range(runs)
    )
    # at most 0.2 of 300 runs; four standard errors more are 0.29
    assert alarmed / runs < 0.2 + 4 * np.sqrt(0.2 * 0.8 / runs)
    assert alarmed > 0


def test_the_files_are_those_of_the_simulation() -> None:
    minutes, keys = graduate_logs()
    np.testing.assert_array_equal(np.loadtxt(FOLDER / "minutes.csv", delimiter=",", skiprows=1, dtype=int), minutes)
    lines = (FOLDER / "sifted.txt").read_text(encoding="utf-8").split()
    for line, key in zip(lines, keys, strict=True):
        np.testing.assert_array_equal(np.unpackbits(np.frombuffer(bytes.fromhex(line), np.uint8)), key)
    assert len(keys[0]) == KEY_BITS
    assert len(minutes) == MINUTES


def test_the_alarms_are_eves_minutes_and_one_shaken_second(graduate: dict[str, Any]) -> None:
    minutes, _ = graduate_logs()
    alarms = np.flatnonzero(graduate["watch"](minutes[:, 1], minutes[:, 2], 10, 0.01))
    assert set(EVE_MINUTES) < set(alarms.tolist())
    assert set(alarms.tolist()) - set(EVE_MINUTES) == {23}
    assert 23 in BURST_MINUTES
    assert 23 in KEY_MINUTES  # the block with the shaken second gives a key all the same


def test_the_look_cell_prints_the_numbers_of_the_marking_notes(
    graduate: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER)
    names = dict(graduate)
    exec(source_of(GRADUATE, "data"), names)  # noqa: S102  our own notebook
    printed = printed_by(GRADUATE, names)
    for line in (
        "Hoeffding, Clopper-Pearson, Serfling at 1e-10: 0.059021, 0.033859, 0.074694",
        "First pass in order of time: 0, 1399, 1.1357  shuffled: 0, 1400, 1.1365",
        "keys agree: 3552, 0.21401, 0, 1, 1",
        "      840 sifted bits: 0.02, 0",
        "whose own keys are to be thrown away: 24, 61, 62, 63, 64, 65, 66",
        "Error rate, minutes 61 to 66: 0.1203",
    ):
        assert line in printed


def test_an_exact_sampling_bound_would_be_sharper_as_the_marking_notes_say() -> None:
    minutes, _ = graduate_logs()
    tested, wrong = minutes[list(KEY_MINUTES), 1:].sum(axis=0)
    errors = np.arange(wrong, KEY_BITS)
    possible = errors[stats.hypergeom.cdf(wrong, KEY_BITS + tested, errors, tested) >= 1e-10]
    assert (possible.max() - wrong) / KEY_BITS == pytest.approx(0.039, abs=0.0005)


def test_a_minute_of_eve_is_shortened_by_less_than_she_can_know() -> None:
    # The marking notes' argument on the vendor's keys: h(0.02) is taken off where h(0.12) may be known.
    minutes, _ = graduate_logs()
    eve = minutes[list(EVE_MINUTES)]
    assert binary_entropy(0.0199) == pytest.approx(0.14, abs=0.005)
    assert binary_entropy(eve[:, 2].sum() / eve[:, 1].sum()) == pytest.approx(0.53, abs=0.005)


def test_the_school_table_keeps_two_errors_until_the_columns(
    school: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    exec(source_of(SCHOOL, "look_table"), dict(school))  # noqa: S102  our own notebook
    printed = capsys.readouterr().out
    assert "Pass along lines: 14 parities told, errors left at [66 77]" in printed
    assert "Pass along lines again: 6 parities told, errors left at [66 77]" in printed
    assert "Pass along columns: 14 parities told, errors left at []" in printed
    assert school["secret_length"](96, 28, 0.25, 10) == 34
    assert binary_entropy(4 / 96) == pytest.approx(0.25, abs=0.001)
