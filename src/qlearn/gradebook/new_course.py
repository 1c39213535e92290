"""Make a course folder from the kit's exercises."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from qlearn.errors import CourseError, HostError
from qlearn.gradebook.course import CONFIG_NAME, DATABASE_NAME, Course, open_course
from qlearn.gradebook.policy import POLICY_NAME, POLICY_TEXT
from qlearn.gradebook.session import NO_SPACE, create_database, is_full_disk

__all__ = ["Kit", "find_kit", "new_course"]

SHARED = 0o755
PRIVATE = 0o700
PRIVATE_FOLDERS = ("source", "release", "submitted", "autograded", "feedback", "reports", "logs")
IGNORED = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__", "*.pyc", ".DS_Store")


@dataclass(frozen=True)
class Kit:
    """A checkout of qlearn: what the installed package does not hold, because it holds the answers."""

    root: Path

    @property
    def exercises(self) -> Path:
        """The nbgrader course folder that courses are made from."""
        return self.root / "exercises"

    @property
    def book(self) -> Path:
        """The book's source."""
        return self.root / "book"

    @property
    def answers(self) -> Path:
        """Planted answers, one folder an assignment."""
        return self.root / "tests" / "answers"


def find_kit(named: Path | None = None) -> Kit:
    """Find the checkout: the one named, else the one this package runs from, else the current folder's.

    Raises
    ------
    CourseError
        If none of them holds `exercises` with a `source` folder and nbgrader's settings.
    """
    package = Path(__file__).resolve().parents[3]
    places = [named] if named is not None else [package, Path.cwd(), *Path.cwd().parents]
    for place in places:
        if (place / "exercises" / "source").is_dir() and (place / "exercises" / CONFIG_NAME).is_file():
            return Kit(place.resolve())
    if named is not None:
        raise CourseError(f"{named} holds no exercises; name the folder of a qlearn checkout")
    raise CourseError(
        "no exercises found: the installed package holds none; run this in a checkout of qlearn or name it with --kit"
    )


def new_course(folder: Path, kit: Kit) -> Course:
    """Make a course folder with the kit's exercises, an empty gradebook and a file exchange.

    Parameters
    ----------
    folder
        Where; it must not exist or be empty. It appears complete or not at all.
    kit
        Where the exercises and nbgrader's settings come from.

    Returns
    -------
    Course
        The new course, opened.

    Raises
    ------
    CourseError
        If the folder holds something already; nothing in it is touched.
    HostError
        If the disk is full; nothing is left behind.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise CourseError(f"{folder} exists and is not empty; choose another folder, nothing was changed")
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _fill(unfinished, kit, folder.resolve().name)
        unfinished.chmod(SHARED)
        unfinished.rename(folder)
    except BaseException as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        if isinstance(error, shutil.Error) and is_full_disk(str(error)):
            # copytree gathers what went wrong with each file into one error that has lost its number
            raise HostError(NO_SPACE.format(folder=folder.parent)) from error
        raise
    return open_course(folder)


def _fill(root: Path, kit: Kit, course_id: str) -> None:
    shutil.copytree(kit.exercises / "source", root / "source", ignore=IGNORED)
    for name in PRIVATE_FOLDERS:
        # The exchange inside is for everyone to reach; solutions, marks and other students' work are not.
        (root / name).mkdir(exist_ok=True)
        (root / name).chmod(PRIVATE)
    (root / "exchange").mkdir()
    (root / "exchange").chmod(0o777)
    shutil.copyfile(kit.exercises / CONFIG_NAME, root / CONFIG_NAME)
    (root / "roster.csv").write_text("id,name,track,email\n", encoding="utf-8")
    (root / "roster.csv").chmod(0o600)
    (root / POLICY_NAME).write_text(POLICY_TEXT, encoding="utf-8")
    (root / "README.md").write_text(README.format(course_id=course_id), encoding="utf-8")
    create_database(root / DATABASE_NAME, course_id)
    (root / DATABASE_NAME).chmod(0o600)


README = """# {course_id}

A course for nbgrader, made by `qlearn course new`. From the folder above this one:

| step | command |
|---|---|
| give out an assignment on this machine or hub | `qlearn course release {course_id} ASSIGNMENT` |
| or as a zip, for an LMS or e-mail | `qlearn course handout {course_id} ASSIGNMENT` |
| say who is in the class | `qlearn course roster {course_id} CLASS.csv` |
| bring in what was handed in | `qlearn course collect {course_id} ASSIGNMENT` |
| or what came from an LMS or by e-mail | `qlearn course collect {course_id} ASSIGNMENT ZIP-OR-FOLDER` |
| grade it | `qlearn grade {course_id} ASSIGNMENT` |
| see the marks | `qlearn marks {course_id}` |
| mark by hand, in the browser | `qlearn lab {course_id}` |
| give back feedback | `qlearn feedback {course_id} ASSIGNMENT` |

- `source/` holds the assignments with solutions and hidden tests: change them here, then release again.
- `roster.csv` names your students (id, name, track, e-mail); who is not in it is graded all the same.
- `policy.toml` says which attempt counts, what lateness costs, who has more time, and where the class reads the book;
  at first nothing is punished, and feedback names places in the book without a link.
- `downloaded/` keeps every zip or folder that was collected, `submitted/ID/ASSIGNMENT/` holds the work that counts.
- `gradebook.db` holds every mark. Copy it before you change anything by hand.
- `logs/` holds what nbgrader had to say, `reports/` what became of each submission.
"""
