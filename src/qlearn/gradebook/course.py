"""A course folder: open it, check it, and know where things are in it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from qlearn.errors import CourseError

__all__ = ["Course", "open_course"]

CONFIG_NAME = "nbgrader_config.py"
DATABASE_NAME = "gradebook.db"
SQLITE = "sqlite:///"
LONGEST_TIMESTAMP = 200  # characters; a longer one is none
NBGRADER_TABLES = frozenset({"assignment", "notebook", "student", "submitted_assignment", "grade", "base_cell"})


@dataclass(frozen=True)
class Course:
    """A course folder that was found in order, and where nbgrader keeps what belongs to it."""

    root: Path
    course_id: str
    database_url: str
    exchange: Path

    @property
    def source(self) -> Path:
        """The teacher's notebooks, with solutions and hidden tests."""
        return self.root / "source"

    @property
    def logs(self) -> Path:
        """What nbgrader and the kernels had to say, one file a command and assignment."""
        return self.root / "logs"

    @property
    def reports(self) -> Path:
        """What became of each submission, one JSON file an assignment."""
        return self.root / "reports"

    def released(self, assignment: str) -> Path:
        """The assignment as students get it."""
        return self.root / "release" / assignment

    def submitted(self, student: str, assignment: str) -> Path:
        """What a student handed in, as it was collected."""
        return self.root / "submitted" / student / assignment

    def autograded(self, student: str, assignment: str) -> Path:
        """The hand-in after it was executed and graded."""
        return self.root / "autograded" / student / assignment

    def feedback(self, student: str, assignment: str) -> Path:
        """The pages a student gets back."""
        return self.root / "feedback" / student / assignment

    def assignments(self) -> list[str]:
        """Name every assignment: each folder of `source` that holds a notebook."""
        return sorted(folder.name for folder in self.source.iterdir() if any(folder.glob("*.ipynb")))

    def notebooks(self, assignment: str) -> tuple[str, ...]:
        """Name the notebooks of an assignment, without `.ipynb`."""
        return tuple(sorted(path.stem for path in (self.source / assignment).glob("*.ipynb")))

    def students_with_work(self, assignment: str) -> list[str]:
        """Name the students whose hand-in was collected."""
        return sorted(folder.parent.name for folder in self.root.glob(f"submitted/*/{assignment}") if folder.is_dir())

    def timestamp(self, folder: Path) -> str:
        """Read when the work in a folder was handed in, as the exchange wrote it; empty if it came another way."""
        path = folder / "timestamp.txt"
        if path.is_symlink() or not path.is_file():
            return ""  # a student may have put anything in its place
        with path.open(encoding="utf-8", errors="replace") as stream:
            return stream.read(LONGEST_TIMESTAMP).strip()

    def check_assignment(self, assignment: str) -> None:
        """Raise `CourseError`, naming the assignments there are, if this is none of them."""
        if assignment not in self.assignments():
            there_are = ", ".join(self.assignments()) or "none yet (put one in its source folder)"
            raise CourseError(f"no assignment called {assignment} in the course {self.root}; there are: {there_are}")


def open_course(path: Path | str) -> Course:
    """Open a course folder after checking that its settings and its database can be used; changes nothing.

    Parameters
    ----------
    path
        The course folder, as `qlearn course new` makes it.

    Returns
    -------
    Course
        Where its parts are; `root` is absolute.

    Raises
    ------
    CourseError
        If there is no such folder, it is no course, or its settings or database are damaged.
    """
    root = Path(path)
    if not root.exists():
        raise CourseError(f"no such course: {path}; make one with: qlearn course new {path}")
    if not root.is_dir():
        raise CourseError(f"{path} is a file, not a course folder; name the folder that holds {CONFIG_NAME}")
    root = root.resolve()
    for part in (CONFIG_NAME, "source"):
        if not (root / part).exists():
            raise CourseError(f"{path} is not a course: it has no {part}; make one with: qlearn course new DIR")
    config = load_config(root)
    database_url = str(config.CourseDirectory.get("db_url") or f"{SQLITE}{root / DATABASE_NAME}")
    if database_url.startswith(SQLITE):
        _check_sqlite(root / database_url.removeprefix(SQLITE).partition("?")[0])
    return Course(
        root=root,
        course_id=str(config.CourseDirectory.get("course_id") or root.name),
        database_url=database_url,
        exchange=Path(str(config.Exchange.get("root") or root / "exchange")),
    )


def load_config(root: Path) -> Any:
    """Run the course's own `nbgrader_config.py` and nothing else: no settings from the user's home leak in.

    Raises
    ------
    CourseError
        If the file fails; the message says how.
    """
    try:
        config = PyFileConfigLoader(CONFIG_NAME, path=str(root)).load_config()
    except Exception as error:
        # The file is the teacher's own Python: it can fail in any way, and each is one line to put right.
        raise CourseError(f"{root / CONFIG_NAME} fails: {type(error).__name__}: {error}; put it right") from error
    return Config(config)


def _check_sqlite(database: Path) -> None:
    if not database.is_file():
        raise CourseError(
            f"{database.parent} is not a course: it has no {database.name}; make one with: qlearn course new DIR"
        )
    advice = "put back a copy of it, or make a new course and collect again"
    try:
        connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=30)
        try:
            tables = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
            (verdict,) = connection.execute("pragma quick_check(1)").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise CourseError(f"the gradebook {database} is damaged ({error}); {advice}") from error
    if verdict != "ok":
        raise CourseError(f"the gradebook {database} is damaged ({' '.join(verdict.split())}); {advice}")
    if not tables >= NBGRADER_TABLES:
        raise CourseError(f"{database} is not a gradebook: tables are missing from it; {advice}")
