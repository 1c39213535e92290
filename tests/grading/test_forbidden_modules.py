import importlib
import importlib.resources
import json
import os
import py_compile
import sys
import zipfile
from collections.abc import Callable
from importlib.machinery import PathFinder
from pathlib import Path

import pytest

from grading.sandbox.cage import caged
from qlearn.errors import HostError
from qlearn.grading.forbidden_modules import forbid_modules, module_paths
from qlearn.grading.sandbox import Layer, layers

WAYS = {
    "everything": frozenset[Layer](),
    "Landlock alone": frozenset({Layer.USER_NAMESPACE}),
    "namespaces alone": frozenset({Layer.LANDLOCK}),
}
ANSWER = "ANSWER = 'the way it is done'\n"
REFUSED = "this assignment does not let an answer use {}: write that part yourself"


@pytest.fixture(params=WAYS)
def without(request: pytest.FixtureRequest) -> frozenset[Layer]:
    missing: frozenset[Layer] = WAYS[request.param]
    if not layers(missing).enough:
        pytest.fail("these tests want a kernel with Landlock and user namespaces: they would prove nothing here")
    return missing


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A search path's folder with a package and a module to forbid, neighbours, a link, and bytecode of all."""
    folder = tmp_path / "library"
    for name in ("outer/__init__.py", "outer/solved/__init__.py", "outer/solved/deep.py", "outer/open.py", "lone.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(ANSWER)
        py_compile.compile(str(folder / name))
    (folder / "alias").symlink_to("outer/solved")
    (folder / "lone_alias.py").symlink_to("lone.py")
    monkeypatch.syspath_prepend(folder)
    return folder


FORBIDDEN = ("outer.solved", "lone")


def try_in_cage(
    action: Callable[[], object], library: Path, scratch: Path, without: frozenset[Layer], *, hook: bool = True
) -> tuple[object, str]:
    def act() -> object:
        if hook:
            forbid_modules(FORBIDDEN)
        return action()

    closed = module_paths(FORBIDDEN)
    ended = caged(act, scratch, readable=(library,), without=without, unreadable=closed)
    return ended.answer, ended.error or ""


@pytest.mark.parametrize("name", ["outer.solved", "outer.solved.deep", "lone"])
def test_a_forbidden_module_is_refused_by_name(
    name: str, library: Path, scratch: Path, without: frozenset[Layer]
) -> None:
    _, error = try_in_cage(lambda: importlib.import_module(name), library, scratch, without)
    assert error == "ImportError: " + REFUSED.format(name.removesuffix(".deep"))


def test_taking_a_forbidden_module_from_its_package_is_refused_in_the_same_words(library: Path, scratch: Path) -> None:
    def take() -> None:
        exec("from outer import solved")  # noqa: S102

    assert REFUSED.format("outer.solved") in try_in_cage(take, library, scratch, frozenset())[1]


def test_neighbours_are_imported_as_ever(library: Path, scratch: Path, without: frozenset[Layer]) -> None:
    def use() -> list[str]:
        import lone_other  # type: ignore[import-not-found]

        return [importlib.import_module("outer.open").ANSWER, lone_other.ANSWER]

    (library / "lone_other.py").write_text(ANSWER)
    answer, error = try_in_cage(use, library, scratch, without)
    assert (answer, error) == (["the way it is done"] * 2, "")


def open_through_descriptor(library: Path) -> str:
    descriptor = os.open(library, os.O_RDONLY)
    return Path(f"/proc/self/fd/{descriptor}/outer/solved/deep.py").read_text()


def open_relative_to_descriptor(library: Path) -> bytes:
    folder = os.open(library / "outer", os.O_RDONLY)
    return os.read(os.open("solved/deep.py", os.O_RDONLY, dir_fd=folder), 99)


def open_through_own_link(library: Path) -> str:
    Path("mine").symlink_to(library / "outer/solved")
    return Path("mine/deep.py").read_text()


def copy_as_hard_link(library: Path) -> str:
    os.link(library / "lone.py", "mine.py")
    return Path("mine.py").read_text()


def move_away(library: Path) -> str:
    (library / "lone.py").rename("mine.py")
    return Path("mine.py").read_text()


READINGS: dict[str, Callable[[Path], object]] = {
    "source": lambda library: (library / "outer/solved/deep.py").read_text(),
    "module's source": lambda library: (library / "lone.py").read_text(),
    "bytecode": lambda library: next((library / "outer/solved/__pycache__").glob("deep.*")).read_bytes(),
    "module's bytecode": lambda library: next((library / "__pycache__").glob("lone.c*")).read_bytes(),
    "a link of the library": lambda library: (library / "alias/deep.py").read_text(),
    "a link to the module": lambda library: (library / "lone_alias.py").read_text(),
    "a link of one's own": open_through_own_link,
    "/proc/self/fd": open_through_descriptor,
    "relative to a folder": open_relative_to_descriptor,
    "/proc/self/root": lambda library: Path(f"/proc/self/root{library}/lone.py").read_text(),
    "/proc/self/cwd": lambda _: Path("/proc/self/cwd/../library/lone.py").read_text(),
    "..": lambda library: (library / "outer/../outer/solved/./deep.py").read_text(),
    "resources": lambda _: (importlib.resources.files("outer") / "solved" / "deep.py").read_text(),
    "a hard link": copy_as_hard_link,
    "a new name": move_away,
}


@pytest.mark.parametrize("way", READINGS)
def test_its_files_cannot_be_read(way: str, library: Path, scratch: Path, without: frozenset[Layer]) -> None:
    assert READINGS[way] is not None
    answer, error = try_in_cage(lambda: READINGS[way](library), library, scratch, without, hook=False)
    assert answer is None
    assert error.startswith(("PermissionError", "FileNotFoundError", "OSError: [Errno 18]", "StopIteration")), error


def test_those_ways_would_read_what_is_not_forbidden(library: Path, scratch: Path) -> None:
    """Or the test above would prove nothing."""
    ways = [way for way in READINGS if way not in ("a hard link", "a new name")]  # those are refused for every file
    without = frozenset({Layer.USER_NAMESPACE})
    for way in ways:
        Path(scratch / "mine").unlink(missing_ok=True)
        ended = caged(lambda way=way: bool(READINGS[way](library)), scratch, readable=(library,), without=without)
        assert ended.answer is True, (way, ended.error)


def test_taking_the_hook_away_does_not_help(library: Path, scratch: Path, without: frozenset[Layer]) -> None:
    def take_away() -> object:
        sys.meta_path[:] = [PathFinder]  # type: ignore[list-item]
        importlib.invalidate_caches()
        found = {}
        for name in ("outer.solved.deep", "outer.solved", "lone", "alias.deep", "lone_alias"):
            try:
                found[name] = importlib.import_module(name).ANSWER
            except (ImportError, AttributeError, OSError) as error:
                found[name] = type(error).__name__
        return found

    answer, error = try_in_cage(take_away, library, scratch, without)
    assert error == ""
    assert isinstance(answer, dict)
    assert set(answer.values()) <= {"ModuleNotFoundError", "AttributeError", "PermissionError"}, answer


def test_an_archive_with_a_forbidden_module_is_closed_whole(
    tmp_path: Path, scratch: Path, without: frozenset[Layer], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "library.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("zipped/__init__.py", "")
        zipped.writestr("zipped/solved.py", ANSWER)
    monkeypatch.syspath_prepend(archive)
    assert module_paths(["zipped.solved"]) == (archive,)

    def take() -> object:
        with zipfile.ZipFile(archive) as zipped:
            return zipped.read("zipped/solved.py").decode()

    ended = caged(take, scratch, readable=(archive,), without=without, unreadable=(archive,))
    assert str(ended.error).startswith(("PermissionError", "FileNotFoundError")), ended


def test_a_forbidden_module_brought_along_by_the_student_is_refused_too(library: Path, scratch: Path) -> None:
    def bring() -> object:
        Path("lone.py").write_text("ANSWER = 1")
        sys.path.insert(0, str(Path.cwd()))
        return importlib.import_module("lone").ANSWER

    assert REFUSED.format("lone") in try_in_cage(bring, library, scratch, frozenset())[1]


def test_paths_are_found_without_importing_anything(library: Path) -> None:
    (library / "outer/__init__.py").write_text("raise RuntimeError('executed')")
    found = module_paths(["outer.solved"])
    assert found == (library / "outer/solved",)
    assert "outer" not in sys.modules


def test_a_module_file_brings_the_bytecode_of_every_python(library: Path) -> None:
    older = library / "__pycache__/lone.cpython-39.opt-1.pyc"
    older.write_bytes(b"")
    found = module_paths(["lone"])
    assert {library / "lone.py", older} < set(found)
    assert all(path.name.startswith("lone.") for path in found)


def test_every_copy_on_the_search_path_is_closed(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "second/outer/solved"
    second.mkdir(parents=True)
    for folder in (second, second.parent):
        (folder / "__init__.py").write_text(ANSWER)
    monkeypatch.syspath_prepend(tmp_path / "second")
    assert set(module_paths(["outer.solved"])) == {second, library / "outer/solved"}


def test_a_package_without_init_file_is_found_too(library: Path) -> None:
    (library / "bare/inner").mkdir(parents=True)
    (library / "bare/inner/part.py").write_text(ANSWER)
    assert module_paths(["bare.inner"]) == (library / "bare/inner",)
    assert module_paths(["bare.inner.part"]) == (library / "bare/inner/part.py",)


def test_a_module_that_is_nowhere_or_built_in_has_no_files() -> None:
    assert module_paths(["nowhere", "nowhere.part", "sys"]) == ()


def test_what_is_in_memory_already_cannot_be_forbidden() -> None:
    before = list(sys.meta_path)
    with pytest.raises(HostError, match=r"^json is already in the grader's memory.*forbid only modules"):
        forbid_modules(["json"])
    assert json
    assert sys.meta_path == before


def test_nothing_forbidden_needs_no_hook() -> None:
    before = list(sys.meta_path)
    forbid_modules(())
    assert sys.meta_path == before


class TestOurOwnAssignments:
    """`qlearn.check` serves every answer, `qlearn.physics` is closed where the task is to write it."""

    @pytest.fixture
    def fresh(self, scratch: Path, without: frozenset[Layer]) -> Callable[[Callable[[], object]], tuple[object, str]]:
        def run(action: Callable[[], object]) -> tuple[object, str]:
            def act() -> object:
                # this test's own process has imported all of qlearn; a warm parent has not
                for name in [name for name in sys.modules if name.startswith(("qlearn.physics", "qlearn.check"))]:
                    del sys.modules[name]
                forbid_modules(["qlearn.physics"])
                return action()

            ended = caged(act, scratch, without=without, unreadable=module_paths(["qlearn.physics"]))
            return ended.answer, ended.error or ""

        return run

    def test_check_is_there(self, fresh: Callable[[Callable[[], object]], tuple[object, str]]) -> None:
        assert fresh(lambda: bool(importlib.import_module("qlearn.check"))) == (True, "")

    def test_physics_is_refused(self, fresh: Callable[[Callable[[], object]], tuple[object, str]]) -> None:
        assert REFUSED.format("qlearn.physics") in fresh(lambda: importlib.import_module("qlearn.physics.states"))[1]

    def test_physics_cannot_be_read(self, fresh: Callable[[Callable[[], object]], tuple[object, str]]) -> None:
        source = Path(__file__).parents[2] / "src/qlearn/physics/states.py"
        assert fresh(source.read_text)[1].startswith(("PermissionError", "FileNotFoundError"))

    @pytest.mark.parametrize("name", ["exercises", "tests", "book", "README.md", ".git", "src/qlearn/../../tests"])
    def test_the_checkout_around_the_package_is_closed(
        self, name: str, fresh: Callable[[Callable[[], object]], tuple[object, str]]
    ) -> None:
        place = Path(__file__).parents[2] / name
        look = (lambda: list(place.iterdir())) if place.is_dir() else place.read_text
        assert fresh(look)[1].startswith(("PermissionError", "FileNotFoundError")), place
