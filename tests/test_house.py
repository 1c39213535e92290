"""The house keeps its own rules: what ships, what is pinned, and nothing built that no page shows."""

import ast
import base64
import importlib
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from qlearn.widgets.base import BookWidget

HOUSE = Path(__file__).parents[1]
CHAPTERS = sorted(
    path.relative_to(HOUSE / "book").with_suffix("").as_posix()
    for part in ("superposition", "entanglement", "qkd", "sensors")
    for path in (HOUSE / "book" / part).glob("*.md")
)
WIDGETS = sorted(path.stem for path in (HOUSE / "src/qlearn/widgets").glob("*.js"))
MODULES = sorted(path.relative_to(HOUSE).as_posix() for path in (HOUSE / "src").rglob("*.py"))
MOST_LINES = 400
TEMPLATES = HOUSE / "src/qlearn/gradebook/templates"


def _pins(file: str) -> dict[str, list[Requirement]]:
    pins: dict[str, list[Requirement]] = {}
    for line in (HOUSE / file).read_text("utf-8").splitlines():
        if line and line[0].isalnum():
            requirement = Requirement(line)
            pins.setdefault(requirement.name.lower(), []).append(requirement)
    return pins


def _imports(module: str) -> Iterator[str]:
    for node in ast.walk(ast.parse((HOUSE / module).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").split(".")[0]


def test_there_is_something_to_check() -> None:
    assert "qkd/bb84" in CHAPTERS
    assert "photon_timeline" in WIDGETS
    assert "src/qlearn/grading/judge/connection.py" in MODULES


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_stands_in_the_table_of_contents(chapter: str) -> None:
    toc = (HOUSE / "book/_toc.yml").read_text("utf-8")
    assert re.search(rf"(file|root): {re.escape(chapter)}$", toc, re.MULTILINE), f"{chapter} is not in book/_toc.yml"


@pytest.mark.parametrize("chapter", [name for name in CHAPTERS if not name.endswith("index")])
def test_a_chapter_has_a_teacher_guide_outside_the_readers_contents(chapter: str) -> None:
    guide = f"teaching/{chapter.split('/')[-1]}"
    assert (HOUSE / "book" / f"{guide}.md").is_file(), f"book/{guide}.md is missing"
    assert guide not in (HOUSE / "book/_toc.yml").read_text("utf-8")


@pytest.mark.parametrize("widget", WIDGETS)
def test_a_widget_is_used_on_a_page(widget: str) -> None:
    pages = [(HOUSE / "book" / f"{chapter}.md").read_text("utf-8") for chapter in CHAPTERS]
    assert any(re.search(rf"qlearn\.widgets(\.{widget}\b| import .*\b{widget}\b)", page) for page in pages), (
        f"no chapter imports qlearn.widgets.{widget}"
    )


@pytest.mark.parametrize("widget", WIDGETS)
def test_a_widget_has_labels_in_both_languages(widget: str) -> None:
    labels = json.loads((HOUSE / f"src/qlearn/widgets/{widget}.labels.json").read_text("utf-8"))
    assert set(labels) == {"en", "ko"}
    assert {"language", "title"} <= labels["en"].keys() == labels["ko"].keys()
    assert {language: texts["language"] for language, texts in labels.items()} == {"en": "en", "ko": "ko"}
    assert not [name for texts in labels.values() for name, text in texts.items() if not text.strip()]
    assert re.search("[가-힣]", labels["ko"]["title"])


@pytest.mark.parametrize("widget", WIDGETS)
def test_a_widget_opens_without_arguments_and_has_a_picture_and_words(widget: str) -> None:
    module = importlib.import_module(f"qlearn.widgets.{widget}")
    classes = [it for it in vars(module).values() if isinstance(it, type) and it.__module__ == module.__name__]
    (widget_class,) = [it for it in classes if issubclass(it, BookWidget)]
    data, _ = widget_class()._repr_mimebundle_()
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert len(data["text/plain"].split()) > 5
    assert data["text/plain"].endswith(".")


@pytest.mark.parametrize("widget", WIDGETS)
def test_a_widget_has_tests_of_its_own_in_python_and_in_a_browser(widget: str) -> None:
    assert (HOUSE / f"tests/widgets/test_{widget}.py").is_file()
    assert (HOUSE / f"tests/e2e/test_{widget}_widget.py").is_file()


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_every_direct_dependency_is_pinned_inside_its_range(file: str) -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = list(project["dependencies"])
    if file.startswith("tests"):
        wanted += project["optional-dependencies"]["dev"]
    pins = _pins(file)
    for requirement in map(Requirement, wanted):
        for pin in pins[requirement.name.lower()]:
            (exact,) = pin.specifier
            assert exact.operator == "=="
            assert Version(exact.version) in requirement.specifier, f"{pin} is outside {requirement}; run make lock"


def test_every_package_that_qlearn_imports_is_named_among_its_dependencies() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]
    named = {re.sub(r"[-_.]+", "-", Requirement(line).name.lower()) for line in project["dependencies"]}
    owners = packages_distributions()
    imported = {name for module in MODULES for name in _imports(module)} - sys.stdlib_module_names - {"qlearn"}
    missing = {name for name in imported if not {owner.lower().replace("_", "-") for owner in owners[name]} & named}
    assert "numpy" in imported
    assert not missing


def test_each_module_is_short_enough_to_be_read_at_once() -> None:
    lengths = {module: len((HOUSE / module).read_text("utf-8").splitlines()) for module in MODULES}
    assert not {module: lines for module, lines in lengths.items() if lines > MOST_LINES}


def test_both_requirement_files_pin_the_same_versions() -> None:
    tested = _pins("tests/requirements.txt")
    for name, pins in _pins("requirements.txt").items():
        assert {str(pin.specifier) for pin in pins} == {str(pin.specifier) for pin in tested[name]}, name


def test_the_wheel_holds_the_package_and_nothing_a_student_must_not_see(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=HOUSE, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"qlearn"}
    assert "qlearn/physics/qkd/bb84.py" in names
    assert "qlearn/widgets/photon_timeline.js" in names
    templates = [path.relative_to(HOUSE / "src").as_posix() for path in TEMPLATES.rglob("*") if path.is_file()]
    assert {"index.html.j2", "feedback.css", "conf.json"} <= {Path(name).name for name in templates}
    assert set(templates) <= set(names)
    assert not [name for name in names if name.endswith((".ipynb", ".md")) or "answers" in name or "teaching" in name]
    text = b"".join(zipfile.ZipFile(wheel).read(name) for name in names if name.endswith(".py"))
    assert b"planted" in text, "the loader of planted answers ships; without it this test would prove nothing"
    answers = [path.name for path in (HOUSE / "tests/answers").rglob("*.py")]
    assert answers
    assert not [name for name in names if Path(name).name in answers]
