import io
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from qlearn.errors import CourseError
from qlearn.gradebook import downloads
from qlearn.gradebook.downloads import read_download


def zipped(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in files.items():
            archive.writestr(name, inside)
    return content.getvalue()


def test_a_folder_and_a_zip_of_it_read_alike_and_a_students_zip_counts_as_a_folder(tmp_path: Path) -> None:
    files = {"kim/coin.ipynb": b"1", "lee/work.zip": zipped({"coin.ipynb": b"2", "__MACOSX/._coin.ipynb": b"x"})}
    (tmp_path / "all.zip").write_bytes(zipped(files))
    for name, content in files.items():
        (tmp_path / "all" / name).parent.mkdir(parents=True)
        (tmp_path / "all" / name).write_bytes(content)
    expected = {PurePosixPath("kim/coin.ipynb"): b"1", PurePosixPath("lee/work.zip/coin.ipynb"): b"2"}
    for source in (tmp_path / "all", tmp_path / "all.zip"):
        assert {file.path: file.content for file in read_download(source)} == expected


@pytest.mark.parametrize("name", ["../out.ipynb", "a/../../out.ipynb", "/etc/x.ipynb", "..\\out.ipynb", "C:\\x.ipynb"])
@pytest.mark.parametrize("inside", [False, True])
def test_a_path_that_leads_out_stops_the_whole_download(tmp_path: Path, name: str, inside: bool) -> None:
    bad = {"kim/coin.ipynb": b"1", name: b"2"}
    (tmp_path / "all.zip").write_bytes(zipped({"lee/work.zip": zipped(bad)} if inside else bad))
    with pytest.raises(CourseError, match="leads out of it; nothing was collected"):
        read_download(tmp_path / "all.zip")
    assert sorted(tmp_path.iterdir()) == [tmp_path / "all.zip"]


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.ipynb").write_bytes(b"secret")
    (tmp_path / "all" / "kim").mkdir(parents=True)
    (tmp_path / "all" / "kim" / "coin.ipynb").symlink_to(tmp_path / "secret.ipynb")
    assert read_download(tmp_path / "all") == []


def test_what_cannot_be_read_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CourseError, match="no such folder or zip"):
        read_download(tmp_path / "all.zip")
    (tmp_path / "all.zip").write_bytes(b"PK, it says")
    with pytest.raises(CourseError, match=r"all\.zip is no zip that can be read \(.*\); download it again"):
        read_download(tmp_path / "all.zip")
    whole = bytearray(zipped({"kim/coin.ipynb": b"0123456789" * 100}))
    whole[50:60] = b"spoiltspoi"
    (tmp_path / "all.zip").write_bytes(whole)
    with pytest.raises(CourseError, match="is no zip that can be read"):
        read_download(tmp_path / "all.zip")
    monkeypatch.setattr(downloads, "MOST_FILE_BYTES", 100)
    (tmp_path / "all.zip").write_bytes(zipped({"kim/coin.ipynb": b"0" * 1000}))  # 1000 zeros take a few bytes
    with pytest.raises(CourseError, match="nothing was collected"):
        read_download(tmp_path / "all.zip")


def test_too_many_files_or_bytes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "all.zip").write_bytes(zipped({f"s{number}/coin.ipynb": b"12345" for number in range(5)}))
    assert len(read_download(tmp_path / "all.zip")) == 5
    monkeypatch.setattr(downloads, "MOST_FILES", 4)
    with pytest.raises(CourseError, match="more than 4 files"):
        read_download(tmp_path / "all.zip")
    monkeypatch.setattr(downloads, "MOST_FILES", 100)
    monkeypatch.setattr(downloads, "MOST_BYTES", 24)
    with pytest.raises(CourseError, match="nothing was collected"):
        read_download(tmp_path / "all.zip")
