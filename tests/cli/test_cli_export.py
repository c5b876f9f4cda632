"""`export`: to files, folders and stdout, with what is private left behind unless it is asked for."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell

LEFT_OUT = "Left out: 113 private values (people.influence, people.support, people.contact, votes.who, interviews.name, responses.verbatim). With --names they go in.\n"


@pytest.fixture
def folder(shell: Shell) -> Path:
    shell.demo()
    return shell.home


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "sessions")


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ([], "demo-va-outpatient.md"),
        (["-f", "md"], "demo-va-outpatient.md"),
        (["-f", "JSON"], "demo-va-outpatient.json"),
        (["-f", "csv"], "demo-va-outpatient.zip"),
        (["-f", "csv", "--table", "pains"], "demo-va-outpatient.csv"),
        (["-o", "notes.md"], "notes.md"),
        (["-o", "all.zip"], "all.zip"),
        (["-o", "pains.csv", "--table", "pains"], "pains.csv"),
        (["-o", "notes.txt", "-f", "md"], "notes.txt"),
        (["-o", "all.JSON"], "all.JSON"),
    ],
)
def test_the_file_is_where_it_was_asked_for_and_its_path_is_printed(
    shell: Shell, folder: Path, arguments: list[str], name: str
) -> None:
    answer = shell("export", "demo", *arguments)
    assert (answer.code, answer.out) == (0, f"{name}\n")
    assert names_in(folder) == [name]
    assert (folder / name).stat().st_size > 500


def test_several_formats_go_into_a_folder(shell: Shell, folder: Path) -> None:
    answer = shell("export", "demo", "-f", "md", "-f", "json", "-f", "csv", "-f", "md", "-o", "out")
    names = ["demo-va-outpatient.md", "demo-va-outpatient.json", "demo-va-outpatient.zip"]
    assert answer.out == "".join(f"out/{name}\n" for name in names)
    assert names_in(folder / "out") == sorted(names)


def test_a_folder_that_is_there_gets_one_file_or_a_folder_of_tables(shell: Shell, folder: Path) -> None:
    (folder / "out").mkdir()
    assert shell("export", "demo", "-o", "out").out == "out/demo-va-outpatient.md\n"
    assert shell("export", "demo", "-f", "csv", "-o", "out").out.split("\n")[:2] == ["out/meta.csv", "out/charter.csv"]


def test_stdout_gets_the_bytes_and_stderr_the_talk(shell: Shell, folder: Path) -> None:
    answer = shell.program("export", "demo", "-f", "json", "-o", "-")
    assert answer.code == 0
    assert json.loads(answer.out)["session"]["name"] == "Demo: VA outpatient"
    assert answer.err == LEFT_OUT
    assert names_in(folder) == []


@pytest.mark.parametrize("format_", ["md", "json", "csv"])
def test_private_values_go_in_only_with_names(shell: Shell, folder: Path, format_: str) -> None:
    contact = shell.store.read(shell.sessions / "demo-va-outpatient.json").session["people"][0].contact  # type: ignore[attr-defined]  # a person
    assert contact
    suffix = {"csv": "zip"}.get(format_, format_)
    for options, expected in (([], LEFT_OUT), (["--names"], "")):
        answer = shell("export", "demo", "-f", format_, "-o", f"out.{suffix}", "--force", *options)
        assert answer.err == expected
        data = (folder / f"out.{suffix}").read_bytes()
        if format_ == "csv":
            data = zipfile.ZipFile(io.BytesIO(data)).read("people.csv")
        assert (contact.encode() in data) is bool(options)


def test_nothing_is_said_to_be_left_out_where_nothing_is(shell: Shell) -> None:
    shell.new("Bar")
    assert shell("export", "bar").err == ""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["-f", "pdf"], 2, "There is no format 'pdf'. There are: md, csv, json."),
        (["-o", "notes.pdf"], 2, "'notes.pdf' does not say which format"),
        (["-o", "notes"], 2, "'notes' does not say which format"),
        (["-o", "all.csv"], 2, "One .csv file holds one table."),
        (["-f", "csv", "-o", "-"], 2, "One csv holds one table."),
        (["-f", "csv", "-f", "md", "-o", "-"], 2, "Only one format can go to stdout."),
        (["--table", "gadgets"], 3, "There is no table 'gadgets'."),
        (["-o", "gone/notes.md"], 3, "There is no folder gone."),
        (["-f", "md", "-f", "csv", "-o", "gone/out"], 3, "There is no folder gone."),
        (["-f", "md", "-o", "/dev/full"], 1, "/dev/full is no ordinary file."),
    ],
)
def test_what_cannot_be_meant_gets_one_sentence_and_writes_nothing(
    shell: Shell, folder: Path, arguments: list[str], code: int, said: str
) -> None:
    answer = shell("export", "demo", *arguments)
    assert (answer.code, answer.out, answer.err.count("\n")) == (code, "", 1)
    assert said in answer.err
    assert names_in(folder) == []


def test_what_is_there_is_kept_unless_forced(shell: Shell, folder: Path) -> None:
    (folder / "notes.md").write_text("mine")
    answer = shell("export", "demo", "-o", "notes.md")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "Error: notes.md is there already. Add --force to replace it, or give another name with -o.\n"
    assert (folder / "notes.md").read_text() == "mine"
    assert shell("export", "demo", "-o", "notes.md", "--force").code == 0
    assert (folder / "notes.md").read_text().startswith("# Demo: VA outpatient\n")


def test_the_formats_are_listed(shell: Shell) -> None:
    answer = shell("export", "--formats")
    assert [line.split("\t")[:2] for line in answer.out.splitlines()] == [
        ["md", ".md"],
        ["csv", ".csv"],
        ["json", ".json"],
    ]
    assert answer.code == 0
