"""An export is written wholly or not at all, over nothing that was not meant, and says why where it cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from cjworkshop.errors import NotFound, StorageFault, UsageProblem, WorkshopError
from cjworkshop.exports.registry import FORMATS, Format, format_named, format_of
from cjworkshop.exports.request import Request
from cjworkshop.exports.writing import write_export, write_files
from strategies import filled

CSV, MARKDOWN = format_named("csv"), format_named("md")


@pytest.mark.parametrize("known", FORMATS)
def test_every_format_writes_what_it_renders(tmp_path: Path, known: Format) -> None:
    session, path = filled(), tmp_path / f"out{known.suffix_for(Request())}"
    assert write_export(session, known, Request(), path) == [path]
    assert path.read_bytes() == known.render(session, Request())
    assert format_of(path) is known
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("known", FORMATS)
def test_every_format_can_write_one_table(known: Format) -> None:
    data = known.render(filled(text="needle"), Request(table="risks"))
    assert b"needle" in data
    assert known.suffix_for(Request(table="risks")) == known.suffix


def test_a_format_is_found_by_its_name_in_any_case() -> None:
    assert format_named("MD") is MARKDOWN
    with pytest.raises(UsageProblem, match=r"no format 'pdf'\. There are: md, csv, json"):
        format_named("pdf")
    with pytest.raises(UsageProblem, match=r"'x\.doc' does not say which format"):
        format_of(Path("x.doc"))


def test_formats_are_imported_only_when_they_are_asked_for() -> None:
    code = "import sys, cjworkshop.exports.registry; print([name for name in sys.modules if 'exports' in name])"
    listed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert listed.stdout.strip() == "['cjworkshop.exports', 'cjworkshop.exports.registry']"


def test_what_is_there_stays_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    path.write_text("mine")
    with pytest.raises(WorkshopError, match=r"is there already\. Add --force"):
        write_export(filled(), MARKDOWN, Request(), path)
    assert path.read_text() == "mine"
    write_export(filled(), MARKDOWN, Request(), path, force=True)
    assert path.read_text().startswith("# ")


def test_one_file_in_the_way_stops_all_before_any_is_written(tmp_path: Path) -> None:
    (tmp_path / "pains.csv").write_text("mine")
    with pytest.raises(WorkshopError, match=r"pains\.csv is there already"):
        write_export(filled(), CSV, Request(), tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["pains.csv"]


def test_csv_goes_into_a_folder_that_is_made_for_it(tmp_path: Path) -> None:
    written = write_export(filled(), CSV, Request(), tmp_path / "tables")
    assert tmp_path / "tables" / "pains.csv" in written
    assert all(path.is_file() for path in written)


@pytest.mark.parametrize(
    ("name", "request_", "said"),
    [
        ("out.csv", Request(), r"One \.csv file holds one table"),
        ("out.zip", Request(table="pains"), r"A \.zip file holds all tables"),
    ],
)
def test_a_suffix_that_does_not_fit_is_refused(tmp_path: Path, name: str, request_: Request, said: str) -> None:
    with pytest.raises(UsageProblem, match=said):
        write_export(filled(), CSV, request_, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    for known, name in ((MARKDOWN, "x.md"), (CSV, "x")):
        with pytest.raises(NotFound, match=r"There is no folder .*gone"):
            write_export(filled(), known, Request(), tmp_path / "gone" / name)


def test_what_is_no_ordinary_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    for name in ("folder.md", "pipe.md"):
        with pytest.raises(WorkshopError, match="is no ordinary file"):
            write_export(filled(), MARKDOWN, Request(), tmp_path / name, force=True)


def test_a_link_is_replaced_and_what_it_led_to_stays(tmp_path: Path) -> None:
    (tmp_path / "kept.md").write_text("mine")
    (tmp_path / "link.md").symlink_to(tmp_path / "kept.md")
    write_export(filled(), MARKDOWN, Request(), tmp_path / "link.md", force=True)
    assert (tmp_path / "kept.md").read_text() == "mine"
    assert not (tmp_path / "link.md").is_symlink()


@pytest.mark.parametrize("call", ["mkstemp", "replace"])
def test_a_disk_that_refuses_is_told_and_leaves_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "out.md"
    path.write_text("mine")
    monkeypatch.setattr(*{"mkstemp": (tempfile, call), "replace": (Path, call)}[call], refuse)
    with pytest.raises(StorageFault, match=r"out\.md cannot be written: No space left on device"):
        write_files({path: b"new"}, force=True)
    assert path.read_text() == "mine"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.md"]
