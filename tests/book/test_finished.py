import os
from pathlib import Path

import pytest

import qlearn
from qlearn.book import finished
from qlearn.book.finished import Record, Traces, forget, read_record, traces, write_record


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "html" / "part").mkdir(parents=True)
    for name in ("index.html", "part/a.html"):
        (tmp_path / "html" / name).write_text(name)
    return tmp_path / "html"


@pytest.fixture
def record(site: Path) -> Record:
    outside = site.parent / "outside.txt"
    outside.write_text("words")
    made_from = Traces("sources", "code")
    write_record(site.parent, site, made_from, outside=[outside], pages=["index", "part/a"], complaints=["a warning"])
    read = read_record(site.parent)
    assert read is not None
    return read


def test_a_record_holds_while_nothing_has_changed(record: Record, site: Path) -> None:
    assert record.holds(Traces("sources", "code"), site)
    assert record.complaints == ["a warning"]


@pytest.mark.parametrize("now", [Traces("other", "code"), Traces("sources", "other")])
def test_other_sources_or_code_end_it(record: Record, site: Path, now: Traces) -> None:
    assert not record.holds(now, site)


@pytest.mark.parametrize("change", ["lost", "added", "longer", "touched", "outside"])
def test_a_site_that_is_not_as_it_was_written_ends_it(record: Record, site: Path, change: str) -> None:
    page = site / "part" / "a.html"
    if change == "lost":
        page.unlink()
    elif change == "added":
        (site / "new.html").touch()
    elif change == "longer":
        page.write_text("longer than it was")
    elif change == "touched":
        os.utime(page, ns=(1, 1))
    else:
        (site.parent / "outside.txt").write_text("other words")
    assert not record.holds(Traces("sources", "code"), site)


def test_altered_files_are_cleared_away_and_others_stay(record: Record, site: Path) -> None:
    (site / "part" / "a.html").write_text("altered")
    record.clear_damage(site, ["index", "part/a"])
    assert [file.name for file in site.rglob("*.html")] == ["index.html"]


def test_a_site_with_a_page_too_many_is_cleared_away(record: Record, site: Path) -> None:
    record.clear_damage(site, ["index"])
    assert list(site.iterdir()) == []


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"traces": 3}', '{"traces": {"sources": "a", "code": "b"}, "x": 1}'])
def test_a_record_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / ".finished.json").write_text(text)
    assert read_record(tmp_path) is None


def test_a_build_that_has_begun_has_no_record(record: Record, site: Path) -> None:
    assert record
    forget(site.parent)
    assert read_record(site.parent) is None
    forget(site.parent)


def test_traces_tell_sources_code_packages_and_settings_apart(tmp_path: Path, monkeypatch) -> None:
    package = tmp_path / "package"
    for name in ("book/build.py", "physics/formula.py", "widgets/view.js", "grading/report.py"):
        (package / name).parent.mkdir(parents=True)
        (package / name).write_text("one")
    monkeypatch.setattr(qlearn, "__file__", str(package / "__init__.py"))
    chapter = tmp_path / "chapter.md"
    chapter.write_text("one")

    def now(setting: str = "reader") -> Traces:
        return traces([chapter], tmp_path, [setting])

    first = now()
    assert now() == first
    assert now("teacher").code != first.code
    (package / "grading" / "report.py").write_text("two")
    assert now() == first
    chapter.write_text("two")
    assert (now().sources != first.sources, now().code == first.code) == (True, True)
    for name in ("book/build.py", "physics/formula.py", "widgets/view.js"):
        before = now().code
        (package / name).write_text("two")
        assert now().code != before
    before = now().code
    monkeypatch.setattr(finished, "_installed", lambda: ["sphinx-9.0.dist-info"])
    assert now().code != before
