"""Take in what reached the teacher as a folder or zip, through nbgrader's `zip_collect`.

What came in, and what nbgrader made of it, stays in `downloaded/ASSIGNMENT/NUMBER`, one number a collection, so that
an earlier hand-in can be found again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.downloads import DownloadedFile, read_download
from qlearn.gradebook.exchange import TIMESTAMP_FORMAT, Collection
from qlearn.gradebook.lms_names import HandedIn, NameReader
from qlearn.gradebook.roster import read_roster
from qlearn.gradebook.session import Session

__all__ = ["FileCollection", "collect_files"]

ARCHIVE, EXTRACTED = "archive", "extracted"
# the folders below ARCHIVE are ours, so this is all that nbgrader has to read out of a name
NAMES = r".*[\\/](?P<student_id>[^\\/]+)[\\/](?P<file_id>[^\\/]+)\.ipynb$"


@dataclass(frozen=True)
class FileCollection(Collection):
    """Who has handed in now, who was new, whom an LMS called late, and which files were nobody's."""

    late: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


def collect_files(
    course: Course, assignment: str, source: Path, *, handed_in: datetime | None = None
) -> FileCollection:
    """Bring in a download; a student's newer hand-in replaces the one before, a student without one is left alone.

    Parameters
    ----------
    course, assignment
        What is collected.
    source
        A folder or zip, as `lms_names` describes them.
    handed_in
        When, with a time zone; the files' own times say when they were downloaded, so None leaves it unknown.

    Returns
    -------
    FileCollection
        What became of it, unknown names included.

    Raises
    ------
    CourseError
        If there is no such assignment or download, the roster is empty, or not one file is a student's notebook;
        nothing is changed then.
    """
    course.check_assignment(assignment)
    roster = read_roster(course)
    if not roster:
        raise CourseError(
            f"the roster of {course.root} is empty, so no name can be found in it; "
            f"run: qlearn course roster {course.root.name} CLASS.csv"
        )
    reader = NameReader(roster, course.notebooks(assignment))
    newest: dict[tuple[str, str], tuple[HandedIn, bytes]] = {}
    unknown: list[tuple[str, str]] = []
    for file in read_download(source):
        what = _read_name(reader, file)
        if isinstance(what, str):
            unknown.append((file.path.as_posix(), what))
            continue
        place = (what.student, what.notebook)
        if place in newest and newest[place][0].attempt == what.attempt and newest[place][1] != file.content:
            raise CourseError(
                f"{source} holds {what.notebook}.ipynb of {what.student} twice; leave the one that counts"
            )
        if place not in newest or what.attempt > newest[place][0].attempt:
            newest[place] = (what, file.content)
    if not newest:
        example = f"; the first file, {unknown[0][0]}, {unknown[0][1]}" if unknown else ""
        raise CourseError(f"{source} holds no notebook of a student{example}; nothing was collected")
    contents = {place: content for place, (_, content) in newest.items()}
    before = _collected(course, assignment, {student for student, _ in contents})
    new = {place[0] for place, content in contents.items() if before.get(place) != content}
    # zip_collect empties a student's folder first, so a notebook that was not handed in again goes in once more
    _through_nbgrader(
        course, assignment, {place: it for place, it in (before | contents).items() if place[0] in new}, handed_in
    )
    return FileCollection(
        students=tuple(course.students_with_work(assignment)),
        new=tuple(sorted(new)),
        late=tuple(sorted({what.student for what, _ in newest.values() if what.late})),
        unknown=tuple(unknown),
    )


def _read_name(reader: NameReader, file: DownloadedFile) -> HandedIn | str:
    if file.path.suffix.lower() != ".ipynb":
        return "is no notebook"
    return reader.read(file.path)


def _collected(course: Course, assignment: str, students: Iterable[str]) -> dict[tuple[str, str], bytes]:
    """Read the notebooks that were collected before, by student and notebook."""
    places = [(student, notebook) for student in students for notebook in course.notebooks(assignment)]
    paths = {place: course.submitted(place[0], assignment) / f"{place[1]}.ipynb" for place in places}
    return {place: path.read_bytes() for place, path in paths.items() if path.is_file()}


def _through_nbgrader(
    course: Course, assignment: str, files: Mapping[tuple[str, str], bytes], handed_in: datetime | None
) -> None:
    if not files:
        return
    folder = _next_folder(course.root / "downloaded" / assignment)
    for (student, notebook), content in files.items():
        place = folder / ARCHIVE / student
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{notebook}.ipynb").write_bytes(content)
    try:
        Session(course).must(lambda api: _zip_collect(api, assignment, folder.name), log_name=f"collect-{assignment}")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if handed_in is not None:
        stamp = handed_in.astimezone(UTC).strftime(TIMESTAMP_FORMAT)
        for student in {student for student, _ in files}:
            (course.submitted(student, assignment) / "timestamp.txt").write_text(stamp, encoding="ascii")


def _zip_collect(api: Any, assignment: str, number: str) -> Mapping[str, Any]:
    from nbgrader.apps.zipcollectapp import ZipCollectApp
    from nbgrader.utils import capture_log
    from traitlets.config import Config

    config = Config(api.config)
    config.FileNameCollectorPlugin.named_regexp = NAMES
    config.ZipCollectApp.force = config.ExtractorPlugin.force = True
    config.ZipCollectApp.strict = True
    config.ZipCollectApp.archive_directory = f"{number}/{ARCHIVE}"
    config.ZipCollectApp.extracted_directory = f"{number}/{EXTRACTED}"
    config.CourseDirectory.assignment_id = assignment
    app = ZipCollectApp(config=config, coursedir=api.coursedir)
    app.coursedir.assignment_id = assignment
    result: Mapping[str, Any] = capture_log(app)
    return result


def _next_folder(parent: Path) -> Path:
    """Make the folder with the next number; two commands at once get two."""
    parent.mkdir(parents=True, exist_ok=True)
    parent.parent.chmod(0o700)  # students' work is not for others of this machine
    number = max((int(entry.name) for entry in parent.iterdir() if entry.name.isdigit()), default=0) + 1
    while True:
        try:
            (parent / f"{number:04d}").mkdir()
        except FileExistsError:
            number += 1
            continue
        return parent / f"{number:04d}"
