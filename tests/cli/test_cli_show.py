"""`list` and `show`: the promised shapes, whatever state the folder and its files are in."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from typing import TYPE_CHECKING, Any

import pytest

from cjworkshop.domain.commands import SetCells
from cjworkshop.method.discovery import Charter
from cjworkshop.method.steps import CATALOGUE
from strategies import HOSTILE, filled

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell


def test_an_empty_folder_lists_nothing_and_says_how_to_begin(shell: Shell) -> None:
    answer = shell("list")
    assert (answer.code, answer.out) == (0, "")
    assert "No sessions in" in answer.err
    assert json.loads(shell("list", "--json").out) == {"schema_version": 1, "sessions": []}


def test_the_list_has_the_promised_shape(shell: Shell) -> None:
    path = shell.new("Bar One", "--client", "VA", "--journey", "I get care")
    (line,) = json.loads(shell("list", "--json").out)["sessions"]
    assert line.pop("modified").endswith("+00:00")
    assert line == {
        "slug": "bar-one",
        "name": "Bar One",
        "client": "VA",
        "journey": "I get care",
        "path": str(path),
        "step": "",
        "state": "ok",
    }
    fields = shell("list").out.rstrip("\n").split("\t")
    assert (*fields[:5], fields[6]) == ("bar-one", "Bar One", "VA", "I get care", "", "ok")


def test_the_list_says_the_day_and_time_where_the_reader_is(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = dt.datetime(2026, 3, 31, 22, 5, 30, tzinfo=dt.UTC).timestamp()
    os.utime(shell.new("Bar One"), (moment, moment))
    with monkeypatch.context() as there:
        there.setenv("TZ", "Etc/GMT-3")
        time.tzset()
        assert shell("list").out.split("\t")[5] == "2026-04-01 01:05"
    time.tzset()
    assert json.loads(shell("list", "--json").out)["sessions"][0]["modified"] == "2026-03-31T22:05:30+00:00"


def test_a_bad_file_is_a_line_and_no_error(shell: Shell, tmp_path: Path) -> None:
    shell.new("Good")
    make_bad_files(shell.sessions, tmp_path)
    found = json.loads(shell("list", "--json").out)["sessions"]
    states = {line["slug"]: line["state"] for line in found}
    assert states.pop("good") == "ok"
    assert states.pop("newer") == "newer"
    assert states
    assert set(states.values()) == {"damaged"}


def make_bad_files(folder: Path, elsewhere: Path) -> None:
    (folder / "empty.json").write_bytes(b"")
    (folder / "nuls.json").write_bytes(bytes(4096))
    (folder / "prose.json").write_text("Dear diary,")
    (folder / "foreign.json").write_text('{"_default": {"1": {"a": 1}}}')
    (folder / "null.json").write_text("null")
    whole = (folder / "good.json").read_bytes()
    (folder / "truncated.json").write_bytes(whole[: len(whole) // 2])
    (folder / "newer.json").write_bytes(whole.replace(b'"schema":1', b'"schema":99'))
    with (folder / "huge.json").open("wb") as file:
        file.truncate(300 * 2**20)
    os.mkfifo(folder / "pipe.json")
    (elsewhere / "outside.json").write_bytes(whole)
    (folder / "link.json").symlink_to(elsewhere / "outside.json")
    (folder / "device.json").symlink_to("/dev/zero")
    (folder / "folder.json").mkdir()


BAD = ("empty", "nuls", "prose", "foreign", "null", "truncated", "huge", "pipe", "link", "device", "folder")


@pytest.mark.parametrize("command", ["show", "export"])
def test_a_bad_file_gets_one_sentence_and_is_left_as_it_is(shell: Shell, tmp_path: Path, command: str) -> None:
    shell.new("Good")
    make_bad_files(shell.sessions, tmp_path)
    before = {path.name: (path.lstat().st_size, path.lstat().st_mtime_ns) for path in shell.sessions.iterdir()}
    for slug in BAD:
        answer = shell(command, slug)
        assert (slug, answer.code, answer.out) == (slug, 4, "")
        assert answer.err.startswith("Error: ")
        assert answer.err.count("\n") == 1
        assert answer.err.rstrip().endswith(".")
    after = {path.name: (path.lstat().st_size, path.lstat().st_mtime_ns) for path in shell.sessions.iterdir()}
    assert after == before


def test_a_newer_file_is_read_and_left_as_it_is(shell: Shell) -> None:
    shell.new("Good")
    newer = (shell.sessions / "good.json").read_bytes().replace(b'"schema":1', b'"schema":99')
    (shell.sessions / "newer.json").write_bytes(newer)
    answer = shell("show", "newer", "--json")
    assert answer.code == 0
    assert json.loads(answer.out)["session"]["name"] == "Good"
    assert "newer" in answer.err
    assert (shell.sessions / "newer.json").read_bytes() == newer


def shown(shell: Shell, *arguments: str) -> dict[str, Any]:
    answer = shell("show", *arguments, "--json")
    assert answer.code == 0, answer
    record: dict[str, Any] = json.loads(answer.out)
    return record


def test_a_session_has_the_promised_shape(shell: Shell) -> None:
    shell.new("Bar", "--client", "VA", "--template", "three-stage")
    record = shown(shell, "bar")
    assert list(record) == ["schema_version", "session", "tables"]
    assert record["schema_version"] == 1
    about = record["session"]
    assert (about["format"], about["schema"], about["name"], about["client"]) == ("cjworkshop/session", 1, "Bar", "VA")
    assert set(record["tables"]) == set(CATALOGUE) - {"_meta"}
    assert [stage["name"] for stage in record["tables"]["stages"]] == ["Awareness", "Consideration", "Decision"]


@pytest.mark.parametrize("step", ["2", "employee-workshop", "Employee-Workshop"])
def test_one_step_alone(shell: Shell, step: str) -> None:
    shell.new("Bar")
    assert list(shown(shell, "bar", "--step", step)["tables"])[:2] == ["stages", "touchpoints"]


def test_one_table_alone(shell: Shell) -> None:
    shell.new("Bar")
    assert shown(shell, "bar", "--table", "pains")["tables"] == {"pains": []}
    assert next(iter(shown(shell, "bar", "--step", "across")["tables"])) == "agenda"


def test_one_table_of_its_step(shell: Shell) -> None:
    shell.new("Bar")
    assert shown(shell, "bar", "--step", "2", "--table", "pains")["tables"] == {"pains": []}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--step", "8"], 2, "There is no step '8'"),
        (["--step", "0"], 2, "There is no step '0'"),
        (["--table", "gadgets"], 3, "There is no table 'gadgets'"),
        (["--step", "2", "--table", "kpis"], 2, "It has: stages, touchpoints, pains, opportunities, empathy"),
        (["--step", "2", "--table", "gadgets"], 3, "There is no table 'gadgets'"),
        (["--json", "--plain"], 2, "exclude each other"),
    ],
)
def test_what_is_not_there_gets_one_sentence(shell: Shell, arguments: list[str], code: int, said: str) -> None:
    shell.new("Bar")
    answer = shell("show", "bar", *arguments)
    assert (answer.code, answer.out, answer.err.count("\n")) == (code, "", 1)
    assert said in answer.err


def test_a_session_is_found_by_the_beginning_of_its_slug_and_by_path(shell: Shell) -> None:
    path = shell.new("Bar One")
    shell.new("Bar Two")
    assert shown(shell, "bar-o")["session"]["name"] == "Bar One"
    assert shown(shell, str(path))["session"]["name"] == "Bar One"
    assert shown(shell, "./sessions/bar-two.json")["session"]["name"] == "Bar Two"
    answer = shell("show", "bar")
    assert answer.code == 3
    assert answer.err == "Error: 'bar' could be bar-one, bar-two. Type more of it.\n"


@pytest.mark.parametrize("text", ["needle", HOSTILE])
def test_every_cell_is_in_the_json_and_in_the_plain_text(shell: Shell, text: str) -> None:
    path = shell.store.create(filled(text=text))
    session = shell.store.read(path).session
    record = shown(shell, path.stem)
    plain = shell("show", path.stem, "--plain").out
    for name, rows in session.tables.items():
        for row in rows:
            for column in CATALOGUE[name].columns:
                for line in column.show(row, session).split("\n"):
                    assert line in plain
        if name != "_meta":
            assert len(record["tables"][name]) == len(rows)
    assert "\x1b" not in plain
    assert not set("│─┌┐└┘⠁") & set(plain)


def test_what_is_open_elsewhere_is_read_with_the_edits_that_are_only_in_the_journal(shell: Shell) -> None:
    path = shell.new("Bar", "--client", "VA")
    with shell.store.open(path) as opened:
        charter = opened.session.record(Charter)
        opened.workbook.do(SetCells("charter", ((charter.id, "client", "Veterans"),)))
        opened.flush()
        assert b"Veterans" not in path.read_bytes()
        answer = shell.program("show", "bar", "--json")
        assert json.loads(answer.out)["tables"]["charter"][0]["client"] == "Veterans"
        assert "Veterans" in shell.program("export", "bar", "-o", "-").out
        assert json.loads(shell.program("list", "--json").out)["sessions"][0]["state"] == "open"


def test_misfits_of_a_file_are_shown_and_not_dropped(shell: Shell) -> None:
    path = shell.new("Bar")
    content = json.loads(path.read_bytes())
    content["pains"] = {"1": {"id": "p", "order": 1, "pain": "Hold", "severity": 9}}
    content["later"] = {"1": {"x": 1}}
    path.write_text(json.dumps(content))
    record = shown(shell, "bar")
    assert record["unknown"] == {"later": {"1": {"x": 1}}}
    assert record["quarantine"][0]["document"]["severity"] == 9
    assert "Not understood (1)" in shell("show", "bar", "--plain").out


def test_a_folder_that_is_none_is_a_usage_error(shell: Shell) -> None:
    (shell.home / "file").write_text("x")
    answer = shell("list", "--sessions", "file")
    assert (answer.code, answer.err) == (2, f"Error: {shell.home}/file is no folder. Name a folder with --sessions.\n")
