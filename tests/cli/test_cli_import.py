"""`import`: says what changes, changes it once, and refuses what it should."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from cjworkshop.domain.text import LONG_TEXT

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell


@pytest.fixture
def file(shell: Shell) -> Path:
    """An export of a session with three stages."""
    shell.new("Clinic", "--client", "VA", "--template", "three-stage")
    assert shell("export", "clinic", "-o", "clinic.json", "--names").code == 0
    return shell.home / "clinic.json"


def change(file: Path, **tables: list[dict[str, Any]]) -> None:
    """Put tables into an export."""
    content = json.loads(file.read_bytes())
    content["tables"] |= tables
    file.write_text(json.dumps(content))


def test_it_becomes_a_new_session_equal_to_the_old_one(shell: Shell, file: Path) -> None:
    answer = shell("import", str(file))
    path = shell.sessions / "clinic-2.json"
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"Session: 1 new\nCharter: 1 new\nStages: 3 new\nAgenda: 69 new\n{path}\n"
    assert shell.store.read(path).session == shell.store.read(shell.sessions / "clinic.json").session


def test_a_new_session_can_have_another_name(shell: Shell, file: Path) -> None:
    answer = shell("import", str(file), "--new", "Other Clinic")
    assert answer.out.endswith(f"{shell.sessions}/other-clinic.json\n")
    assert json.loads(shell("show", "other", "--json").out)["session"]["name"] == "Other Clinic"


def test_one_table_makes_a_session_named_after_the_file(shell: Shell, file: Path) -> None:
    answer = shell("import", str(file), "--table", "stages", "--new", "Stages")
    assert answer.code == 0
    about = json.loads(shell("show", "stages", "--json").out)["session"]
    assert about["name"] == "Stages"
    assert about["created"]


def test_a_merge_says_what_changes_and_is_one_undo(shell: Shell, file: Path) -> None:
    target = shell.sessions / "clinic.json"
    before = shell.store.read(target).session
    stages = json.loads(file.read_bytes())["tables"]["stages"]
    change(file, stages=[{**stages[0], "name": "Start"}, *stages[1:], {"id": "new", "order": 9999, "name": "After"}])
    assert shell("import", str(file), "--into", "clinic", "--dry-run").out == (
        "Session: 1 as before\nCharter: 1 as before\nStages: 1 new, 1 changed, 2 as before\nAgenda: 69 as before\n"
    )
    assert shell.store.read(target).session == before
    answer = shell("import", str(file), "--into", "clinic")
    assert (answer.code, answer.err) == (0, "")
    assert "Stages: 1 new, 1 changed, 2 as before\n" in answer.out
    names = [stage.name for stage in shell.store.read(target).session["stages"]]  # type: ignore[attr-defined]  # a stage
    assert names == ["Start", "Consideration", "Decision", "After"]
    with shell.store.open(target) as opened:
        assert opened.workbook.undo_label == "import clinic.json"
        opened.workbook.undo()
        assert opened.session["stages"] == before["stages"]
        assert [backup.why for backup in shell.store.backups(target) if backup.why == "import"] == ["import"]


def test_its_own_export_changes_nothing(shell: Shell, file: Path) -> None:
    before = (shell.sessions / "clinic.json").read_bytes()
    answer = shell("import", str(file), "--into", "clinic")
    assert (answer.code, answer.err) == (0, "Nothing changes.\n")
    assert (shell.sessions / "clinic.json").read_bytes() == before


def test_an_export_without_names_leaves_the_private_cells_that_are_there(shell: Shell) -> None:
    shell.demo()
    path = shell.sessions / "demo-va-outpatient.json"
    before = shell.store.read(path).session
    assert shell("export", "demo", "-o", "demo.json").code == 0
    assert shell("import", "demo.json", "--into", "demo").err == "Nothing changes.\n"
    assert shell.store.read(path).session == before


def test_a_dry_run_makes_no_session(shell: Shell, file: Path) -> None:
    answer = shell("import", str(file), "--dry-run")
    assert "Stages: 3 new\n" in answer.out
    assert len(json.loads(shell("list", "--json").out)["sessions"]) == 1


def test_what_does_not_fit_is_told_and_kept_aside(shell: Shell, file: Path) -> None:
    change(file, people=[{"id": "p", "name": "Ann", "influence": 9}])
    told = "1 value did not fit{}:\n  people: Influence: 9 is not between 1 and 5.\n"
    assert shell("import", str(file)).err == told.format(", kept in the table _quarantine")
    assert shell("import", str(file), "--into", "clinic").err == told.format("")
    assert shell.store.read(shell.sessions / "clinic-2.json").session.quarantine


def test_many_misfits_are_counted(shell: Shell, file: Path) -> None:
    change(file, people=[{"id": f"p{number}", "name": "x", "influence": 9} for number in range(30)])
    told = shell("import", str(file)).err.splitlines()
    assert told[0].startswith("30 values did not fit")
    assert told[-1] == "  … and 10 more"
    assert len(told) == 22


def test_very_long_texts_are_refused_where_nobody_can_be_asked(shell: Shell, file: Path) -> None:
    change(file, people=[{"id": "p", "name": "x" * (LONG_TEXT + 1)}])
    answer = shell("import", str(file))
    assert (answer.code, answer.out) == (4, "")
    assert answer.err.startswith("Error: The file has 1 text with more than 10000 characters: people: name.")
    assert len(json.loads(shell("list", "--json").out)["sessions"]) == 1


def test_a_session_that_is_open_elsewhere_is_not_touched(shell: Shell, file: Path) -> None:
    change(file, people=[{"id": "p", "name": "Ann"}])
    with shell.store.open(shell.sessions / "clinic.json"):
        answer = shell.program("import", str(file), "--into", "clinic")
        assert (answer.code, answer.out) == (5, "")
        assert "clinic is open already" in answer.err
        assert shell.program("import", str(file), "--into", "clinic", "--dry-run").code == 0
    assert not shell.store.read(shell.sessions / "clinic.json").session["people"]


def test_a_session_of_a_newer_program_is_not_touched(shell: Shell, file: Path) -> None:
    path = shell.sessions / "newer.json"
    path.write_bytes((shell.sessions / "clinic.json").read_bytes().replace(b'"schema":1', b'"schema":99'))
    before = path.read_bytes()
    answer = shell("import", str(file), "--into", "newer")
    assert (answer.code, answer.out) == (1, "")
    assert "Error: newer.json cannot be changed. Import into a new session with --new." in answer.err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["gone.json"], 3, "There is no file gone.json."),
        (["clinic.json", "--into", "nothing"], 3, "There is no session 'nothing'"),
        (["clinic.json", "--table", "gadgets"], 3, "The file has no table 'gadgets'."),
        (["clinic.json", "--into", "clinic", "--new", "x"], 2, "exclude each other"),
        (["sessions/clinic.json"], 4, "clinic.json is a session's own file, not an export."),
        (["pipe.json"], 4, "pipe.json is not an ordinary file."),
        (["sessions"], 4, "sessions is not an ordinary file."),
        (["/dev/zero"], 4, "zero is not an ordinary file."),
        (["huge.json"], 4, "huge.json is larger than 200 MB"),
        (["empty.json"], 4, "empty.json is empty."),
        (["nuls.json"], 4, "nuls.json is empty."),
        (["deep.json"], 4, "deep.json is nested too deeply"),
        ([], 2, "Missing argument 'FILE'."),
    ],
)
def test_what_is_no_export_gets_one_sentence(
    shell: Shell, file: Path, arguments: list[str], code: int, said: str
) -> None:
    os.mkfifo(file.parent / "pipe.json")
    with (file.parent / "huge.json").open("wb") as huge:
        huge.truncate(300 * 2**20)
    (file.parent / "empty.json").touch()
    (file.parent / "nuls.json").write_bytes(bytes(100))
    (file.parent / "deep.json").write_text(
        '{"format": "cjworkshop/session", "schema": 1, "x": ' + "[" * 90 + "]" * 90 + "}"
    )
    answer = shell("import", *arguments)
    assert (answer.code, answer.out, answer.err.count("\n")) == (code, "", 1)
    assert said in answer.err
