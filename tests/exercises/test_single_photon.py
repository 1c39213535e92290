"""The single-photon exercises agree with QuTiP, with simulations whose truth is known, and with their own logs."""

from __future__ import annotations

import contextlib
import io
import re
from typing import Any

import numpy as np
import pytest
import qutip

from exercises.single_photon_logs import EMITTER, LASER, PERIOD, graduate_logs, school_log, time_stamps
from exercises.stock_nbgrader import SOURCE
from exercises.test_solutions import solved
from qlearn.grading.notebooks import read_notebook

SCHOOL, GRADUATE = "school-single-photon", "graduate-single-photon"


def source_of(assignment: str, cell_id: str) -> str:
    """The source of one cell of an exercise, by its id."""
    (path,) = (SOURCE / assignment).glob("*.ipynb")
    return str(next(cell.source for cell in read_notebook(path).cells if cell.id == cell_id))


def printed_by(assignment: str, names: dict[str, Any]) -> str:
    """What the cell that shows the log's numbers prints after right answers."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(source_of(assignment, "look"), names)  # noqa: S102  our own notebook
    return output.getvalue()


@pytest.fixture(scope="module")
def school() -> dict[str, Any]:
    return solved(SCHOOL)


@pytest.fixture(scope="module")
def graduate() -> dict[str, Any]:
    return solved(GRADUATE)


def detectors(upper_share: float, phase_deg: float, turn_deg: float) -> tuple[float, float]:
    """Probabilities at A and B by QuTiP: the way of the photon (up, down) times its polarisation (H, V)."""
    up, down = qutip.basis(2, 0), qutip.basis(2, 1)
    way = np.sqrt(upper_share) * up + np.sqrt(1 - upper_share) * down
    plate = np.exp(1j * np.radians(phase_deg)) * up.proj() + down.proj()
    angle = np.radians(turn_deg)
    turned = qutip.Qobj([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    marker = qutip.tensor(up.proj(), turned) + qutip.tensor(down.proj(), qutip.qeye(2))
    mirror = qutip.Qobj(np.array([[1, 1], [1, -1]]) / np.sqrt(2))
    end = qutip.tensor(mirror, qutip.qeye(2)) * marker * qutip.tensor(plate * way, qutip.basis(2, 0))
    at_a, at_b = (qutip.expect(qutip.tensor(end_of.proj(), qutip.qeye(2)), end) for end_of in (up, down))
    return float(at_a), float(at_b)


@pytest.mark.parametrize(("share", "phase"), [(0.5, 0), (0.5, 77), (0.2, 140), (0.9, 300), (1.0, 20), (0.0, 90)])
def test_the_school_arrows_are_quantum_mechanics(school: dict[str, Any], share: float, phase: float) -> None:
    assert school["chances"](share, phase) == pytest.approx(detectors(share, phase, 0), abs=1e-12)


@pytest.mark.parametrize("turn", [0, 25, 45, 70, 90])
def test_the_school_marker_is_quantum_mechanics_and_trades_fringe_for_knowledge(
    school: dict[str, Any], turn: float
) -> None:
    for phase in (0, 50, 180, 290):
        assert school["marked_chances"](phase, turn) == pytest.approx(detectors(0.5, phase, turn), abs=1e-12)
    bright, dark = school["marked_chances"](0, turn)[0], school["marked_chances"](180, turn)[0]
    contrast = (bright - dark) / (bright + dark)
    # The best guess between two equally likely polarisations (Helstrom), and from it the knowledge D.
    states = [qutip.Qobj([[np.cos(angle)], [np.sin(angle)]]).proj() for angle in (0.0, np.radians(turn))]
    known = float(np.sum(np.abs((states[0] - states[1]).eigenenergies()))) / 2
    assert contrast**2 + known**2 == pytest.approx(1)


def test_the_school_knowledge_is_anchor_q21(school: dict[str, Any]) -> None:
    assert school["knowledge"](800, 200) == pytest.approx((0.6, 0.8))


def test_the_school_bomb_test_is_anchor_q20(school: dict[str, Any]) -> None:
    found, exploded, undecided = school["bomb_test"](1)
    assert (found, exploded, undecided) == pytest.approx((0.25, 0.5, 0.25))
    many_found, many_exploded, never = school["bomb_test"](40)
    assert found / (found + exploded) == pytest.approx(1 / 3, rel=1e-9)
    assert (many_found, many_exploded, never) == pytest.approx((1 / 3, 2 / 3, 0), abs=1e-9)


def test_the_school_error_bar_is_the_scatter_of_the_visibility(school: dict[str, Any]) -> None:
    rng = np.random.default_rng(11)
    phases = np.array([0, 180] * 3)
    tables = rng.poisson(200 * (1 + 0.6 * np.cos(np.radians(phases))), size=(4000, 6))
    values, errors = np.transpose([school["visibility"](phases, clicks) for clicks in tables])
    assert abs(values.mean() - 0.6) < 6 * values.std() / np.sqrt(4000)  # 2e-9
    assert values.std() / errors.mean() == pytest.approx(1, abs=6 / np.sqrt(2 * 4000))


def test_the_school_log_is_that_of_the_simulation(school: dict[str, Any]) -> None:
    printed = printed_by(SCHOOL, school)
    clicks, guesses = school_log()
    assert school["runs"] == {name: (clicks[name], *guesses[name]) for name in clicks}
    rubric = source_of(SCHOOL, "explain_question")
    numbers = re.findall(r"(V = \S+ ± \S+) +(D = \S+)", printed)
    assert len(numbers) == 5
    for seen, known in (numbers[1], numbers[2], numbers[4]):
        assert f"{seen}, {known}" in rubric


def test_the_graduate_files_are_those_of_the_simulation() -> None:
    for name, text in graduate_logs().items():
        assert (SOURCE / GRADUATE / name).read_text(encoding="utf-8") == text


def analysed(names: dict[str, Any], a: Any, b: Any) -> tuple[Any, ...]:
    """Counts of the peaks, raw and corrected g2(0) of two rows of time stamps."""
    found = names["delays"](a, b, 11 * PERIOD)
    counts = np.array(names["peak_counts"](found, PERIOD, 40, 10))
    valleys = names["peak_counts"](found - PERIOD // 2, PERIOD, 80, 10)[:-1]
    return counts, names["g2_zero"](counts), names["corrected_g2"](counts, valleys, 0.5)


@pytest.mark.parametrize("setup", [EMITTER, LASER], ids=["emitter", "laser"])
def test_the_graduate_analysis_finds_the_truth_of_fresh_logs(graduate: dict[str, Any], setup: Any) -> None:
    rng = np.random.default_rng(12)
    runs = [analysed(graduate, *time_stamps(setup, rng)) for _ in range(30)]
    raw = np.array([run[1][0] for run in runs])
    corrected, errors = np.array([run[2] for run in runs]).T
    assert abs(corrected.mean() - setup.g2_zero) < 6 * errors.mean() / np.sqrt(30)  # 2e-9
    assert 0.4 < corrected.std(ddof=1) / errors.mean() < 1.7  # six standard errors of 1/sqrt(2 * 29) are 0.8
    # Background pulls the raw value towards 1.
    assert abs(raw.mean() - 1) < abs(corrected.mean() - 1) or setup is LASER


def test_the_graduate_error_bars_are_the_scatter_of_counts(graduate: dict[str, Any]) -> None:
    rng = np.random.default_rng(13)
    means = np.full(9, 110.0)
    means[4] = 35.0
    raw, corrected = [], []
    for counts, valleys in zip(rng.poisson(means, (4000, 9)), rng.poisson(20, (4000, 8)), strict=True):
        raw.append(graduate["g2_zero"](counts))
        corrected.append(graduate["corrected_g2"](counts, valleys, 0.5))
    for results, truth in ((np.array(raw), 35 / 110), (np.array(corrected), 0.25)):
        values, errors = results.T
        assert abs(values.mean() - truth) < 0.01  # the ratio's own bias is below 1 %
        assert values.std() / errors.mean() == pytest.approx(1, abs=0.01 + 6 / np.sqrt(2 * 4000))


def test_one_dead_detector_fakes_a_single_photon_source(graduate: dict[str, Any]) -> None:
    only, _ = time_stamps(LASER, np.random.default_rng(14))
    own = graduate["delays"](only, only, 11 * PERIOD)
    counts = graduate["peak_counts"](own[own != 0], PERIOD, 40, 10)
    assert counts[10] == 0
    assert min(counts[:10]) > 150


def test_dimming_does_not_change_g2_of_the_graduate_simulation(graduate: dict[str, Any]) -> None:
    rng = np.random.default_rng(15)
    dimmed = type(EMITTER)(**{**vars(EMITTER), "efficiency": 0.15, "pulses": 400_000, "background": 0.0})
    _, (value, error), _ = analysed(graduate, *time_stamps(dimmed, rng))
    assert abs(value - EMITTER.g2_zero) < 6 * error


def test_the_graduate_report_quotes_what_the_files_give(
    graduate: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SOURCE / GRADUATE)
    printed = printed_by(GRADUATE, graduate)
    emitter, laser = printed.split("laser:")[0], printed.split("laser:")[1]
    assert "emitter: 29 pairs in the peak at 0" in emitter
    assert "0.984 ± 0.061" in laser
    rubric = source_of(GRADUATE, "explain_question")
    quoted = re.findall(r"\d\.\d{3} ± \d\.\d{3}", emitter)
    assert len(quoted) == 3
    assert all(number in rubric for number in quoted)
    assert "laser: 0 pairs" in printed  # the intern's
