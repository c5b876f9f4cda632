"""The program as a program: exit codes, quick start, streams, faults, what it says of itself."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships none

from cjworkshop import __version__
from cjworkshop.cli.main import COMMANDS
from cjworkshop.tui.keys import all_bindings

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell


def modules_after(*arguments: str) -> set[str]:
    """The modules that a command has imported when it is done."""
    code = (
        "import sys; from cjworkshop.cli.main import run; code = run(sys.argv[1:]);"
        " print('\\n'.join(sys.modules), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--version"], ["list"], ["list", "--json"]])
def test_what_must_be_quick_imports_no_screen_no_prompt_no_tables(shell: Shell, arguments: list[str]) -> None:
    shell.new("Bar")
    imported = {name.partition(".")[0] for name in modules_after(*arguments)}
    assert imported.isdisjoint({"textual", "questionary", "prompt_toolkit", "tinydb", "rich", "regex", "jinja2"})
    assert "cjworkshop.method.steps" not in modules_after(*arguments)


@pytest.mark.parametrize("arguments", [["show", "bar"], ["export", "bar", "-o", "-"], ["doctor"], ["templates"]])
def test_no_other_command_needs_the_screen_or_the_prompts(shell: Shell, arguments: list[str]) -> None:
    shell.new("Bar")
    imported = {name.partition(".")[0] for name in modules_after(*arguments)}
    assert imported.isdisjoint({"textual", "questionary", "prompt_toolkit"})


def test_it_says_its_version(shell: Shell) -> None:
    answer = shell.program("--version")
    assert (answer.code, answer.out, answer.err) == (0, f"cjworkshop {__version__}\n", "")


def test_help_lists_every_command(shell: Shell) -> None:
    answer = shell("--help")
    assert answer.code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in answer.out
        assert shell(name, "--help").out.startswith(f"Usage: cjworkshop {name} ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dance"], "No such command 'dance'. See `cjworkshop --help`."),
        (["show"], "Missing argument 'SESSION'. See `cjworkshop show --help`."),
        (["--theme", "pink", "list"], "'pink' is not one of 'dark', 'light'."),
        (["templates", "burn"], "No such command 'burn'. See `cjworkshop templates --help`."),
    ],
)
def test_usage_errors_are_one_sentence_and_where_to_look(shell: Shell, arguments: list[str], said: str) -> None:
    answer = shell(*arguments)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err


@pytest.mark.parametrize("arguments", ["show demo --json", "show demo --plain", "export demo -o -", "--help"])
def test_a_reader_that_has_enough_is_no_error(shell: Shell, arguments: str) -> None:
    shell.demo()
    command = f"{sys.executable} -m cjworkshop {arguments} | (exec <&-); echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
    assert "Error" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_behind_stdout_is_one_sentence(shell: Shell) -> None:
    shell.demo()
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-m", "cjworkshop", "show", "demo", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: No space left on device.")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("redirected", "code"), [("list >&-", 0), ("list <&-", 0), ("show gone 2>&-", 3), ("open bar <&- >&-", 2)]
)
def test_streams_that_are_closed_from_the_start_are_no_fault(shell: Shell, redirected: str, code: int) -> None:
    shell.new("Bar")
    command = f"{sys.executable} -m cjworkshop {redirected}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "fault" not in done.stderr


def test_a_folder_that_vanished_is_one_sentence(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CJWORKSHOP_SESSIONS")
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f"cd {gone} && rmdir {gone} && exec {sys.executable} -m cjworkshop list"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "Error: No such file or directory. Look whether the folder is there and can be written.\n"


@pytest.mark.parametrize("folder", ["file/sessions", "/proc/cjworkshop/sessions"])
def test_a_folder_that_cannot_be_made_is_one_sentence(shell: Shell, folder: str) -> None:
    (shell.home / "file").write_text("in the way")
    answer = shell("new", "Bar", "--sessions", folder)
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)
    assert answer.err.startswith("Error: ")


def test_a_bad_config_file_is_one_sentence(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "config" / "cjworkshop").mkdir(parents=True)
    (tmp_path / "config" / "cjworkshop" / "config.toml").write_text("theme = 'pink'")
    answer = shell("list")
    assert (answer.code, answer.out, answer.err.count("\n")) == (4, "", 1)
    assert "config.toml: theme must be dark or light, not 'pink'." in answer.err
    assert shell("--version").code == 0


def test_the_config_file_says_the_folder_unless_the_environment_does(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config" / "cjworkshop").mkdir(parents=True)
    (tmp_path / "config" / "cjworkshop" / "config.toml").write_text(f"sessions = '{tmp_path}/mine'")
    assert shell.new("Bar").parent == shell.sessions
    monkeypatch.delenv("CJWORKSHOP_SESSIONS")
    assert shell.new("Bar").parent == tmp_path / "mine"


def test_a_fault_of_the_program_is_one_sentence_without_a_word_of_the_notes(shell: Shell) -> None:
    code = (
        "import sys, cjworkshop.cli.listing as listing\n"
        "from cjworkshop.cli.main import run\n"
        "def fail(*_): raise KeyError('a secret note')\n"
        "import cjworkshop.storage.listing as storage; storage.summaries = fail\n"
        "sys.exit(run(sys.argv[1:]))"
    )
    plain, debug = (
        subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
        for arguments in (["list"], ["list", "--debug"])
    )
    assert (plain.returncode, plain.stdout) == (1, "")
    assert plain.stderr.startswith("Error: a fault of the program itself: KeyError in ")
    assert plain.stderr.count("\n") == 1
    assert "secret" not in plain.stderr
    assert "Traceback" in debug.stderr


def test_a_traceback_of_an_ordinary_error_only_for_debug(shell: Shell) -> None:
    assert "Traceback" not in shell("show", "nothing").err
    answer = shell("--debug", "show", "nothing")
    assert answer.code == 3
    assert "Traceback" in answer.err
    assert "Error: There is no session 'nothing'" in answer.err


def test_the_schema_is_one(shell: Shell) -> None:
    answer = shell("schema")
    schema = json.loads(answer.out)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(shell.demo().read_bytes()))


def test_every_key_is_listed_with_its_place_and_id(shell: Shell) -> None:
    lines = [line.split("\t") for line in shell("keys").out.splitlines()]
    assert len(lines) == len(all_bindings())
    assert ["everywhere", "Ctrl+Q", "Quit", "app.quit"] in lines


def test_templates_are_listed_and_shown(shell: Shell) -> None:
    answer = shell("templates")
    assert answer.out == shell("templates", "list").out
    assert answer.out.splitlines()[0] == "three-stage\t3\tThree stages of a purchase"
    shown = shell("templates", "show", "professional-services").out
    assert "Mind: The source promises four stages and names only three of them." in shown
    assert "\n4. Selecting a firm\n   Know who will really do the work, and trust them with it\n" in shown
    assert shell("templates", "show", "x").code == 3


def test_a_session_is_saved_as_a_template_listed_shown_and_begun_from(shell: Shell) -> None:
    shell("demo", "--no-open")
    answer = shell("templates", "save", "demo", "Our [/x] Clinic")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"{shell.home}/templates/our-x-clinic.toml\n"
    line = next(line for line in shell("templates").out.splitlines() if line.startswith("our-x-clinic"))
    assert line.startswith("our-x-clinic\t6\tOur [/x] Clinic\tagenda of ")
    shown = shell("templates", "show", "our-x-clinic").out
    assert "\nAgenda of employee-workshop\n   75  Introductions and objectives\n   20    Overview\n" in shown
    again = shell("templates", "save", "demo", "our x clinic")
    assert (again.code, again.out) == (1, "")
    assert "There is a template our-x-clinic already." in again.err
    assert "--force" in again.err
    assert shell("templates", "save", "demo", "our x clinic", "--force", "--about", "For half a day").code == 0
    assert "About: For half a day" in shell("templates", "show", "our-x-clinic").out
    assert shell("templates", "save", "nowhere", "x").code == 3
    assert shell("templates", "save", "demo", "../..").code == 4
    new = shell("new", "Next", "--template", "our-x-clinic", "--no-open")
    assert new.code == 0
    tables = json.loads(shell("show", "next", "--json").out)["tables"]
    there = json.loads(shell("show", "demo", "--json").out)["tables"]
    assert [stage["name"] for stage in tables["stages"]] == [stage["name"] for stage in there["stages"]]
    assert [block["block"] for block in tables["agenda"]] == [block["block"] for block in there["agenda"]]


def test_damaged_templates_and_ones_own_are_told(shell: Shell) -> None:
    folder = shell.home / "templates"
    folder.mkdir()
    (folder / "bad.toml").write_text("title = 3")
    (folder / "blank.toml").write_text("title = 'Ours'")
    answer = shell("templates")
    assert (answer.code, answer.out.count("\n")) == (0, 7)
    assert answer.err == (
        f"blank is your own, {folder}/blank.toml, in place of the program's.\n"
        "bad cannot be used: bad.toml: title must be a text of at most 2000 characters.\n"
    )
    assert shell("templates", "show", "bad").code == 4
    assert shell("new", "Bar", "--template", "bad").code == 4
