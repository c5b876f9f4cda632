"""`new`, `demo` and `open` without a terminal: files where they belong, whatever a session is called."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from cjworkshop.domain.text import LONG_TEXT

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell


def test_it_prints_the_path_of_a_file_that_says_what_was_given(shell: Shell) -> None:
    options = ["--client", "VA", "--journey", "I get care", "--template", "five-phase", "--facilitator", "Tess"]
    answer = shell("new", "Bar One", *options, "--date", "2026-03-31", "--no-open")
    path = shell.sessions / "bar-one.json"
    assert (answer.code, answer.out, answer.err) == (0, f"{path}\n", "")
    about = json.loads(path.read_bytes())["_meta"]["1"]
    assert {name: about[name] for name in ("name", "client", "journey", "template", "date", "facilitator")} == {
        "name": "Bar One",
        "client": "VA",
        "journey": "I get care",
        "template": "five-phase",
        "date": "2026-03-31",
        "facilitator": "Tess",
    }
    assert dt.datetime.fromisoformat(about["created"]).tzinfo
    session = shell.store.read(path).session
    assert len(session["stages"]) == 5
    assert session["agenda"]


def test_without_a_terminal_the_rest_has_defaults_and_nothing_opens(shell: Shell) -> None:
    answer = shell.program("new", "Bar")
    assert (answer.code, answer.err) == (0, "Not opened, since this is no terminal.\n")
    session = shell.store.read(shell.sessions / "bar.json").session
    about = session["_meta"][0]
    assert (about.template, about.facilitator) == ("blank", "")  # type: ignore[attr-defined]  # the session's own record
    assert about.date is not None  # type: ignore[attr-defined]  # likewise
    assert not session["stages"]


def test_without_a_terminal_a_missing_name_is_a_usage_error(shell: Shell) -> None:
    answer = shell.program("new", stdin="Bar\n")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "Error: A new session needs a name. Write it behind the command: cjworkshop new NAME.\n"
    assert not shell.sessions.exists()


@pytest.mark.parametrize(
    ("name", "slug", "title"),
    [
        ("../../x", "x", "../../x"),
        ("/etc/passwd", "etc-passwd", "/etc/passwd"),
        ("..\\..\\evil", "evil", "..\\..\\evil"),
        ("CON", "con-2", "CON"),
        ("nul", "nul-2", "nul"),
        ("日本", "session", "日本"),
        ("Über Café", "uber-cafe", "Über Café"),
        (".hidden", "hidden", ".hidden"),
        ("-f", "f", "-f"),
        ("x" * 300, "x" * 60, "x" * 300),
        ("a\x1b[2Jb\x07\u202e", "a-2jb", "a[2Jb"),
        ("two\nlines", "two-lines", "two lines"),
        ("[/x] [@click=quit]", "x-click-quit", "[/x] [@click=quit]"),
    ],
)
def test_whatever_a_session_is_called_its_file_stays_in_the_folder(
    shell: Shell, name: str, slug: str, title: str
) -> None:
    path = shell.new(name)
    assert path == shell.sessions / f"{slug}.json"
    assert shell.store.read(path).session["_meta"][0].name == title  # type: ignore[attr-defined]  # the session's own record
    assert sorted(entry.name for entry in shell.home.iterdir()) == ["sessions"]


def test_names_that_differ_only_in_case_get_files_of_their_own(shell: Shell) -> None:
    assert [shell.new(name).name for name in ("Bar", "BAR", "bar")] == ["bar.json", "bar-2.json", "bar-3.json"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["\x1b\x07"], 2, "has no character that can be shown"),
        (["  "], 2, "has no character that can be shown"),
        (["x" * (LONG_TEXT + 1)], 4, f"The name has {LONG_TEXT + 1} characters"),
        (["Bar", "--client", "x" * (LONG_TEXT + 1)], 4, "The client has"),
        (["Bar", "--date", "31 Feb"], 4, "There is no day '31 Feb'"),
        (["Bar", "--date", "2026-02-31"], 4, "There is no day '2026-02-31'"),
        (["Bar", "--template", "nine-stage"], 3, "There is no template 'nine-stage'"),
        (["Bar", "--open"], 2, "can be opened on a terminal only"),
        (["Bar", "Two"], 2, "unexpected extra argument"),
        (["Bar", "--colour", "red"], 2, "No such option"),
    ],
)
def test_what_cannot_be_meant_gets_one_sentence_and_makes_nothing(
    shell: Shell, arguments: list[str], code: int, said: str
) -> None:
    answer = shell("new", *arguments)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert not shell.sessions.exists()


def test_a_template_of_ones_own_is_used_and_that_is_said(shell: Shell) -> None:
    (shell.home / "templates").mkdir()
    (shell.home / "templates" / "blank.toml").write_text("[[stages]]\nname = 'Ours'\n")
    answer = shell("new", "Bar", "--no-open")
    assert answer.err == f"The template blank is your own, {shell.home}/templates/blank.toml.\n"


def test_the_sample_is_copied_once_and_afresh_when_asked(shell: Shell, tmp_path: Path) -> None:
    answer = shell.program("demo")
    assert (answer.code, answer.out) == (0, f"{shell.sessions}/demo-va-outpatient.json\n")
    assert shell("demo", "--no-open").out == answer.out
    assert shell("demo", "--no-open", "--fresh").out == f"{shell.sessions}/demo-va-outpatient-2.json\n"
    elsewhere = shell("demo", "--no-open", "--into", str(tmp_path / "there"))
    assert elsewhere.out == f"{tmp_path}/there/demo-va-outpatient.json\n"


def test_a_folder_can_be_named_before_and_behind_the_command(shell: Shell) -> None:
    for number, arguments in enumerate((["--sessions", "one", "new", "Bar"], ["new", "Bar", "--sessions", "two"])):
        answer = shell(*arguments)
        assert answer.out == f"{shell.home}/{['one', 'two'][number]}/bar.json\n"


@pytest.mark.parametrize("arguments", [[], ["open", "bar"]])
def test_the_screen_needs_a_terminal(shell: Shell, arguments: list[str]) -> None:
    shell.new("Bar")
    answer = shell.program(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Error: cjworkshop opens on a terminal, and this is none.")


def test_opening_what_is_not_there_says_so(shell: Shell) -> None:
    answer = shell("open", "nothing")
    assert answer.code == 3
    assert answer.err == f"Error: There is no session 'nothing' in {shell.sessions}. Look at `cjworkshop list`.\n"
