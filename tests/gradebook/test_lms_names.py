import unicodedata
from pathlib import PurePosixPath

import pytest

from qlearn.gradebook.lms_names import HandedIn, NameReader
from qlearn.gradebook.roster import Student

STUDENTS = (
    Student("s01", "Kim Seo-yeon"),
    Student("s02", "이도윤"),
    Student("s03", "Park Min Jun"),
    Student("s04", "Lee Ji-ho"),
    Student("s05", "Lee Ji-ho"),
    Student("20417"),
)
ROSTER = {student.id: student for student in STUDENTS}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        # Moodle: with folders as older and newer versions name them, without, in a folder of its own
        ("Kim Seo-yeon_7412_assignsubmission_file_/coin.ipynb", HandedIn("s01", "coin")),
        ("Seo-yeon Kim_7412_assignsubmission_file/coin.ipynb", HandedIn("s01", "coin")),
        ("이도윤_7413_assignsubmission_file_coin.ipynb", HandedIn("s02", "coin")),
        ("PHYS-week 3/Min Jun Park_9_assignsubmission_file_/coin.ipynb", HandedIn("s03", "coin")),
        ("Kim Seo-yeon_7412_assignsubmission_file_/work.zip/school-coin/coin.ipynb", HandedIn("s01", "coin")),
        # Canvas: family name first, letters alone; handed in again; late; by the school's number
        ("kimseoyeon_88_1201_coin.ipynb", HandedIn("s01", "coin")),
        ("kimseoyeon_88_1201_coin-2.ipynb", HandedIn("s01", "coin", attempt=2)),
        ("parkminjun_LATE_91_1202_coin.ipynb", HandedIn("s03", "coin", late=True)),
        ("somebody_20417_1203_coin.ipynb", HandedIn("20417", "coin")),
        # a folder a student, or a file a student
        ("s02/coin.ipynb", HandedIn("s02", "coin")),
        ("week 3/s02/school-coin/coin (1).ipynb", HandedIn("s02", "coin")),
        ("s04.ipynb", HandedIn("s04", "coin")),
    ],
)
def test_a_name_of_moodle_canvas_or_a_folder_leads_to_one_student(path: str, expected: HandedIn) -> None:
    assert NameReader(ROSTER, ["coin"]).read(PurePosixPath(path)) == expected


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("Lee Ji-ho_1_assignsubmission_file_/coin.ipynb", "Lee Ji-ho is the name of several students"),
        ("Kim Seo_1_assignsubmission_file_/coin.ipynb", "Kim Seo is nobody of the roster"),
        ("kimseo_1_2_coin.ipynb", "kimseo is nobody of the roster"),
        ("s1/coin.ipynb", "names nobody of the roster"),
        ("coin.ipynb", "names nobody of the roster"),
        ("s01/Untitled.ipynb", "is no notebook of the assignment; there are: coin"),
        ("kimseoyeon_88_1201_report.ipynb", "is no notebook of the assignment; there are: coin"),
    ],
)
def test_what_leads_to_nobody_or_to_two_is_not_guessed(path: str, reason: str) -> None:
    assert NameReader(ROSTER, ["coin"]).read(PurePosixPath(path)) == reason


def test_korean_syllables_that_macos_took_apart_are_the_same_name() -> None:
    path = unicodedata.normalize("NFD", "이도윤_7413_assignsubmission_file_/coin.ipynb")
    assert NameReader(ROSTER, ["coin"]).read(PurePosixPath(path)) == HandedIn("s02", "coin")


def test_a_file_named_by_id_is_taken_only_where_there_is_one_notebook() -> None:
    assert NameReader(ROSTER, ["coin", "dice"]).read(PurePosixPath("s04.ipynb")) == "names nobody of the roster"


def test_a_notebook_whose_own_name_ends_in_a_number_is_no_second_attempt() -> None:
    reader = NameReader(ROSTER, ["week-2", "week"])
    assert reader.read(PurePosixPath("s01/week-2.ipynb")) == HandedIn("s01", "week-2")
    assert reader.read(PurePosixPath("s01/week-3.ipynb")) == HandedIn("s01", "week", attempt=3)
