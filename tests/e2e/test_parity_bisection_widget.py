"""The parity bisection in the built page, handled as a reader would, without kernel and network."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

import qlearn.widgets
from e2e.book_pages import call_script, control, drag_slider, open_widget, set_language, set_slider, wait_for_numbers
from e2e.widget_promises import check_names, reached_by_keyboard
from qlearn.physics.qkd import error_correction, privacy_amplification, verification
from qlearn.widgets.parity_bisection import ParityBisection
from qlearn.widgets.parity_runs import PASSES, ParityRun, draw_run
from qlearn.widgets.random_stream import seed_of_run

SEED = 105  # the page's own
VIEW = Path(qlearn.widgets.__file__).parent / "views" / "parity_runs.js"
PLACE = {"chapter": "qkd/post-processing", "widget": ".qlearn-parity-bisection"}
OPENING = ParityBisection(seed=SEED)


@pytest.fixture
def address(built_book: Path) -> str:
    return built_book.as_uri() + "/"


@pytest.fixture
def widget(page: Page, address: str) -> Locator:
    return open_widget(page, address, **PLACE)


def run_of(own: ParityBisection, keys: int = 0) -> ParityRun:
    return draw_run(seed_of_run(SEED, keys), bits=own.key_bits, error_rate=own.error_rate, block_bits=own.block_bits)


def shows(widget: Locator, *, step: int | None = None, keys: int = 0, **settings: object) -> ParityRun:
    """Wait until every number of the summary is that of Python's run and of the physics."""
    own = ParityBisection(**settings)  # type: ignore[arg-type]
    run = run_of(own, keys)
    step = run.end_of_first_pass() if step is None else min(step, len(run.steps))
    state = run.after(step)
    failure = 10.0**-own.failure_digits
    secret = privacy_amplification.secret_length(
        own.key_bits,
        phase_error_rate=own.error_rate,
        leaked_bits=state.told + verification.tag_bits_for(failure),
        failure_probability=failure,
    )
    limit = float(error_correction.shannon_leakage(own.key_bits, own.error_rate))
    numbers = [step, len(run.steps), state.told, limit, state.left, int(run.wrong.sum()), state.hidden, secret]
    wait_for_numbers(widget, [*numbers, own.key_bits], absolute=[0, 0, 0, 0.051, 0, 0, 0, 0, 0])
    return run


def story(widget: Locator) -> Locator:
    return widget.locator(".ql-story")


def test_it_opens_where_every_parity_agrees_and_errors_are_left(widget: Locator) -> None:
    shows(widget)
    expect(story(widget)).to_contain_text("Every parity agrees, and yet 4 errors are left")
    expect(widget.locator(".ql-parity-block.ql-even")).to_have_count(8)
    expect(widget.locator(".ql-pair.ql-wrong")).to_have_count(4)
    expect(widget.locator(".ql-pair.ql-fixed")).to_have_count(3)


def test_the_blocks_show_the_bits_of_both_and_their_parities(widget: Locator) -> None:
    run = shows(widget)
    bob = run.alice ^ run.after(run.end_of_first_pass()).wrong
    seen = widget.locator(".ql-pair").all_inner_texts()
    assert ["".join(text.split()) for text in seen] == [f"{a:d}{b:d}" for a, b in zip(run.alice, bob, strict=True)]
    parities = [int(run.alice[members].sum() % 2) for members in run.passes[0]]
    assert widget.locator(".ql-parities").all_inner_texts() == [f"{parity} = {parity}" for parity in parities]


def test_step_by_step_a_found_error_betrays_another_one(widget: Locator) -> None:
    run = run_of(OPENING)
    first = run.end_of_first_pass()
    for step in range(first + 1, first + 8):
        control(widget, "step").click()
        shows(widget, step=step)
    expect(story(widget)).to_contain_text("number 23, and Bob flips it")
    expect(story(widget)).to_contain_text("a second error was hiding. Blocks to go through: 2")
    control(widget, "step").click()
    shows(widget, step=first + 8)
    expect(story(widget)).to_contain_text("Pass 1, block 2: the parities of the first half differ")
    expect(widget.locator(".ql-busy .ql-candidate")).to_have_count(8)
    expect(widget.locator(".ql-busy .ql-parities")).to_have_text(re.compile("[01] ≠ [01]"))
    for step in range(first + 9, first + 13):
        control(widget, "step").click()
        shows(widget, step=step)
    expect(story(widget)).to_contain_text("number 19, and Bob flips it")


def test_passes_can_be_run_and_the_end_compares_the_keys(widget: Locator) -> None:
    run = run_of(OPENING)
    starts = [i for i, step in enumerate(run.steps) if step.kind in ("parities", "verify")]
    for start in starts[2:]:
        control(widget, "pass").click()
        shows(widget, step=start)
    control(widget, "pass").click()
    shows(widget, step=5000)
    expect(story(widget)).to_contain_text("Alice tells 10 bits made of her whole key, and Bob's are the same")
    expect(widget.locator("[data-value=budget] + .ql-note")).to_have_text("after hashing, equal on both sides")
    expect(widget.locator(".ql-hashed .ql-wrong")).to_have_count(0)
    control(widget, "again").click()
    shows(widget, step=0)
    expect(story(widget)).to_contain_text("hold 128 bits each. About 5 % of them differ")
    expect(widget.locator(".ql-parities").first).to_have_text(re.compile(r"\? \? [01]"))


def test_it_plays_by_itself_and_can_be_stopped(widget: Locator) -> None:
    control(widget, "play").click()
    expect(control(widget, "play")).to_have_text("Pause")
    step = OPENING.run().end_of_first_pass()
    expect(widget.locator(".ql-summary")).not_to_contain_text(f"Step {step} of")
    control(widget, "play").click()
    expect(control(widget, "play")).to_have_text("Play")


def test_with_reduced_motion_it_plays_to_the_end_at_once(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    widget = open_widget(page, address, **PLACE)
    control(widget, "play").click()
    shows(widget, step=5000)


def test_at_the_end_the_first_block_can_be_varied(widget: Locator) -> None:
    control(widget, "end").click()
    shows(widget, step=5000)
    for block in (2, 8, 64):
        set_slider(widget, "block_bits", block)
        shows(widget, step=5000, block_bits=block)
    set_slider(widget, "block_bits", 32)
    shows(widget, step=5000, block_bits=32)
    expect(story(widget)).to_contain_text("Bob's differ: 4 errors are left in even numbers. Both drop the key.")
    expect(widget.locator("[data-value=budget] + .ql-note")).to_have_text("but the keys differ: all of it is dropped")
    assert widget.locator(".ql-hashed .ql-wrong").count() > 0


def test_every_setting_draws_the_run_anew(page: Page, widget: Locator) -> None:
    set_slider(widget, "error_rate", 12)
    shows(widget, error_rate=0.12)
    set_slider(widget, "key_bits", 0)
    shows(widget, error_rate=0.12, key_bits=16)
    expect(widget.locator("output").nth(2)).to_have_text("8 bits")  # a block is at most half of the key
    set_slider(widget, "key_bits", 4)
    shows(widget, error_rate=0.12, key_bits=256)
    set_slider(widget, "failure_digits", 6)
    shows(widget, error_rate=0.12, key_bits=256, failure_digits=6)
    drag_slider(page, widget, "error_rate", 0.0)
    shows(widget, error_rate=0.0, key_bits=256, failure_digits=6)
    expect(story(widget)).to_contain_text("No error is left")


def test_new_keys_are_other_keys(widget: Locator) -> None:
    control(widget, "fresh").click()
    shows(widget, keys=1)
    control(widget, "fresh").click()
    shows(widget, keys=2)


def test_the_budget_adds_up(widget: Locator) -> None:
    shows(widget)
    text = [cell.replace("\u2212", "-") for cell in widget.locator(".ql-steps td").all_inner_texts()]
    amounts = [float(cell) for cell in text]
    assert amounts[:1] == [128]
    secret = int(widget.locator("[data-value=budget]").inner_text().split()[0])
    assert abs(sum(amounts) - secret - 0.5) <= 0.6  # cut off to whole bits, and tenths are rounded


def test_what_bob_sees_hides_alices_bits_and_the_errors(widget: Locator) -> None:
    control(widget, "errors_shown").click()
    expect(widget.locator(".ql-pair.ql-wrong")).to_have_count(0)
    expect(widget.locator(".ql-pair").first.locator("span").first).to_have_text("·")
    expect(widget.locator(".ql-parities").first).to_have_text("0 = 0")


def test_it_works_by_keys_alone(widget: Locator) -> None:
    control(widget, "block_bits").press("ArrowRight")
    shows(widget, block_bits=17)
    control(widget, "end").press("Enter")
    shows(widget, step=5000, block_bits=17)


def test_a_korean_page_gets_korean_labels(page: Page, address: str) -> None:
    set_language(page, "ko")
    widget = open_widget(page, address, **PLACE)
    expect(widget).to_have_attribute("lang", "ko")
    expect(widget.get_by_role("slider", name="키의 길이")).to_have_count(1)
    expect(widget.get_by_role("button", name="한 단계")).to_have_count(1)
    expect(widget.locator(".ql-summary")).to_contain_text("섀넌 한계는 36.7비트")


def test_all_of_it_has_names_words_and_a_place_in_the_tab_order(page: Page, widget: Locator) -> None:
    check_names(widget)
    control(widget, "step").click()
    shows(widget, step=OPENING.run().end_of_first_pass() + 1)
    spoken = f"{story(widget).inner_text()} {widget.locator('.ql-summary').inner_text()}"
    expect(widget.locator("[aria-live=polite]")).to_have_text(spoken)
    reached = reached_by_keyboard(page, widget)
    buttons = ["play", "step", "pass", "end", "again", "fresh", "errors_shown"]
    assert reached == [*buttons, "error_rate", "key_bits", "block_bits", "failure_digits"]


STEPS = """argument.map(({ seed, bits, rate, block }) => {
  const run = new it.ParityRun(seed, { bits, rate, block });
  const fields = ["kind", "pass", "block", "first", "last", "position", "told", "fresh"];
  const steps = run.steps.map((step) => fields.map((field) => step[field]));
  const states = run.steps.map((_, i) => run.after(i + 1)).map(({ left, hidden, told }) => [left, hidden, told]);
  return { alice: run.alice, wrong: run.wrong, passes: run.passes, steps, states };
})"""


def test_the_scripts_steps_are_pythons(page: Page) -> None:
    cases = [
        (1, 16, 0.2, 2),
        (2, 64, 0.0, 8),
        (3, 128, 0.05, 16),
        (4, 256, 0.2, 5),
        (5, 256, 0.03, 64),
        (6, 32, 0.1, 64),
    ]
    arguments = [{"seed": seed, "bits": bits, "rate": rate, "block": block} for seed, bits, rate, block in cases]
    for seen, (seed, bits, rate, block) in zip(call_script(page, VIEW, STEPS, arguments), cases, strict=True):
        run = draw_run(seed, bits=bits, error_rate=rate, block_bits=block)
        assert seen["alice"] == run.alice.astype(int).tolist()
        assert seen["wrong"] == run.wrong.astype(int).tolist()
        assert seen["passes"] == [[members.tolist() for members in blocks] for blocks in run.passes]
        assert len(seen["passes"]) == PASSES
        assert [tuple(step) for step in seen["steps"]] == [
            (s.kind, s.passed, s.block, s.first, s.last, s.position, s.told, s.fresh) for s in run.steps
        ]
        states = [run.after(count + 1) for count in range(len(run.steps))]
        assert seen["states"] == [[state.left, state.hidden, state.told] for state in states]


BUDGETS = "argument.map((settings) => it.keyBudget(settings)).map(({ limit, tag, secret }) => [limit, tag, secret])"


def test_the_scripts_budget_is_the_physics_over_the_whole_range(page: Page) -> None:
    places = [
        {"bits": bits, "rate": rate, "told": told, "digits": digits}
        for bits in (16, 128, 256)
        for rate in np.linspace(0, 0.2, 11).tolist()
        for told in (0, 42, 120)
        for digits in range(1, 11)
    ]
    for (limit, tag, secret), place in zip(call_script(page, VIEW, BUDGETS, places), places, strict=True):
        failure = 10.0 ** -place["digits"]
        assert limit == pytest.approx(float(error_correction.shannon_leakage(place["bits"], place["rate"])))
        assert tag == verification.tag_bits_for(failure)
        assert secret == privacy_amplification.secret_length(
            place["bits"],
            phase_error_rate=place["rate"],
            leaked_bits=place["told"] + tag,
            failure_probability=failure,
        )


def test_the_scripts_hash_is_the_physics(page: Page) -> None:
    rng = np.random.default_rng(11)
    cases = [(16, 3), (128, 41), (256, 200)]
    drawn = [(rng.integers(0, 2, n), rng.integers(0, 2, n + rows - 1), rows) for n, rows in cases]
    arguments = [{"key": key.tolist(), "diagonals": seed.tolist(), "rows": rows} for key, seed, rows in drawn]
    expression = "argument.map(({ key, diagonals, rows }) => it.toeplitzHash(key, diagonals, rows))"
    for seen, (key, seed, rows) in zip(call_script(page, VIEW, expression, arguments), drawn, strict=True):
        assert seen == privacy_amplification.toeplitz_hash(key, seed, rows).tolist()


def test_the_longest_keys_with_most_errors_are_shown(widget: Locator) -> None:
    set_slider(widget, "key_bits", 4)
    control(widget, "end").click()
    shows(widget, step=5000, key_bits=256)
    set_slider(widget, "error_rate", 20)
    shows(widget, step=5000, key_bits=256, error_rate=0.2)
    expect(widget.locator("[data-value=budget]")).to_have_text("0 secret bits")
    expect(widget.locator("[data-value=budget] + .ql-note")).to_have_text(
        "the keys are equal, but nothing of them is left"
    )
    expect(widget.locator(".ql-pair")).to_have_count(256)


def test_the_words_of_the_page_are_read_out_once_the_hand_rests(widget: Locator) -> None:
    set_slider(widget, "failure_digits", 4)
    shows(widget, failure_digits=4)
    expect(widget.locator("[aria-live=polite]")).to_contain_text(widget.locator(".ql-summary").inner_text())
