import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.information import binary_entropy
from qlearn.physics.qkd.error_correction import cascade_block_sizes
from qlearn.physics.qkd.verification import tag_bits_for
from qlearn.widgets.parity_bisection import ParityBisection
from qlearn.widgets.parity_runs import PASSES, ParityRun, draw_run
from qlearn.widgets.random_stream import seed_of_run
from widgets.widget_checks import check_files, check_labels, check_shown

ROWS = ("key", "photons", "told", "tag", "margin")
STORIES = ("start", "parities", "shuffled", "first", "second", "known", "correct", "back", "hidden", "clean", "equal")
ASKED = {f"row_{row}" for row in ROWS} | {f"story_{story}" for story in (*STORIES, "unequal")}
ASKED |= {"alice", "bob", "dropped", "kept", "if_equal", "legend_wrong", "legend_candidate", "legend_fixed"}


def finished(**settings: object) -> ParityBisection:
    return ParityBisection(step=5000, **settings)


def told_again(run: ParityRun) -> int:
    """Count what Alice tells by listening to the steps: each parity once, none that follows from others."""
    said = set()
    count = 0
    for number, step in enumerate(run.steps):
        if step.kind == "parities":
            count += len(run.passes[step.passed]) - (step.passed > 0)
        if step.kind in ("first", "second"):
            before = run.steps[number - 1]
            same = (before.passed, before.block) == (step.passed, step.block) and before.kind in ("first", "second")
            start, stop = (before.first, before.last) if same else (0, len(run.passes[step.passed][step.block]))
            half = tuple(run.passes[step.passed][step.block][start : start + -(-(stop - start) // 2)])
            count += (step.passed, half) not in said
            said.add((step.passed, half))
    return count


@pytest.fixture
def widget() -> ParityBisection:
    return ParityBisection(seed=105)


def test_it_keeps_the_rules_of_the_house(widget: ParityBisection) -> None:
    check_labels(widget, ASKED)
    check_files(widget)
    check_shown(widget)


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("error_rate", 0.21, "error_rate is 0.21; it must lie between 0 and 0.2"),
        ("error_rate", float("nan"), "error_rate is nan; it must lie between 0 and 0.2"),
        ("key_bits", 100, "key_bits is 100; it must be one of 16, 32, 64, 128, 256"),
        ("block_bits", 1, "block_bits is 1; it must lie between 2 and 64"),
        ("failure_digits", 11, "failure_digits is 11; it must lie between 1 and 10"),
        ("step", -1, "step is -1; it must lie between 0 and 5000, or be None"),
        ("seed", 2**32, "seed is 4294967296; it must lie between 0 and 4294967295"),
    ],
)
def test_an_argument_out_of_range_is_refused(argument: str, value: object, message: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(message)):
        ParityBisection(**{argument: value})


def test_it_opens_where_every_parity_agrees_and_errors_are_left(widget: ParityBisection) -> None:
    run = widget.run()
    state = run.after(widget.position(run))
    for members in run.passes[0]:
        assert state.wrong[members].sum() % 2 == 0
    assert (state.left, state.hidden) == (4, 4)
    assert "4 of 7 errors left, 4 of them hidden behind parities that agree" in widget.summary()


@given(
    seed=st.integers(0, 2**32 - 1),
    bits=st.sampled_from((16, 32, 64, 128, 256)),
    error_rate=st.floats(0, 0.2),
    block_bits=st.integers(2, 64),
)
def test_whatever_the_keys_errors_fall_one_by_one_and_what_is_left_hides_in_every_pass(
    seed: int, bits: int, error_rate: float, block_bits: int
) -> None:
    run = draw_run(seed, bits=bits, error_rate=error_rate, block_bits=block_bits)
    for blocks in run.passes:
        assert sorted(np.concatenate(blocks)) == list(range(bits))
    flipped = [step.position for step in run.steps if step.kind == "correct"]
    assert len(set(flipped)) == len(flipped)
    assert run.wrong[flipped].all()
    final = run.after(len(run.steps))
    assert final.left == final.hidden == run.wrong.sum() - len(flipped)
    assert all(final.wrong[members].sum() % 2 == 0 for blocks in run.passes for members in blocks)
    assert final.told == run.steps[-1].told == told_again(run)


def test_its_blocks_double_up_to_half_of_the_key_as_in_the_physics() -> None:
    run = draw_run(1, bits=128, error_rate=0.73 / 24, block_bits=24)
    assert tuple(len(blocks[0]) for blocks in run.passes) == cascade_block_sizes(0.73 / 24, 128, passes=PASSES)


def test_told_bits_come_near_the_shannon_limit_and_the_keys_agree_mostly() -> None:
    runs = [draw_run(seed_of_run(seed, 0), bits=256, error_rate=0.05, block_bits=16) for seed in range(200)]
    told = np.array([run.steps[-1].told for run in runs])
    limit = 256 * float(binary_entropy(0.05))
    assert limit < told.mean() < 1.25 * limit
    left = np.array([run.after(len(run.steps)).left for run in runs])
    assert set(left % 2) == {0}
    assert 0 < np.mean(left > 0) < 0.15


@pytest.mark.parametrize(("key_bits", "block_bits", "digits"), [(256, 16, 3), (128, 8, 10), (64, 64, 1), (256, 2, 1)])
def test_what_is_left_is_the_key_less_every_cost(key_bits: int, block_bits: int, digits: int) -> None:
    widget = finished(seed=105, key_bits=key_bits, block_bits=block_bits, failure_digits=digits, error_rate=0.03)
    told = widget.run().steps[-1].told
    left = key_bits * (1 - float(binary_entropy(0.03))) - told - tag_bits_for(10.0**-digits) - 2 * digits * np.log2(10)
    assert widget.secret_bits() == max(0, int(np.floor(left)))


def test_the_pages_claims_about_its_keys() -> None:
    """What *Try this* tells the reader of the keys with the page's seed."""
    told = {size: finished(seed=105, block_bits=size).run().steps[-1].told for size in (2, 16, 32)}
    assert told == {2: 124, 16: 42, 32: 22}
    wide = finished(seed=105, block_bits=32).run()
    assert wide.after(len(wide.steps)).left == 4
    assert [finished(seed=105, key_bits=bits).secret_bits() for bits in (64, 128, 256)] == [0, 19, 63]
    assert [finished(seed=105, failure_digits=digits).secret_bits() for digits in (3, 4, 5)] == [19, 8, 0]
    assert [finished(seed=105, error_rate=rate).secret_bits() for rate in (0.02, 0.05, 0.08)] == [54, 19, 0]


@pytest.mark.parametrize("settings", [{"step": 0}, {"block_bits": 64, "key_bits": 256}, {"error_rate": 0.0}, {}])
def test_any_state_can_be_drawn(settings: dict[str, object]) -> None:
    assert ParityBisection(**settings).picture().axes
