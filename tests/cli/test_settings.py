"""Flag before environment before config.toml before default, and one sentence for a bad one."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from pathlib import Path

import pytest

from cjworkshop import settings
from cjworkshop.errors import InvalidData
from cjworkshop.settings import Settings, load_settings


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_no_file_and_an_empty_file_give_the_defaults(config: Path) -> None:
    assert load_settings(config, {}) == Settings()
    config.write_text("")
    assert load_settings(config, {}) == Settings()


def test_every_setting_is_read_from_the_file(config: Path) -> None:
    config.write_text(
        'theme = "light"\nascii = true\ncurrency = "EUR"\nsounds = true\nsessions = "my"\n'
        '[keymap]\n"app.quit" = "ctrl+x"\n"app.go" = ["f9", "f10"]\n'
    )
    read = load_settings(config, {})
    assert read == Settings(
        theme="light",
        ascii=True,
        currency="EUR",
        sounds=True,
        sessions=config.parent / "my",
        keymap={"app.quit": "ctrl+x", "app.go": "f9,f10"},
    )


def test_flag_before_environment_before_file(config: Path) -> None:
    config.write_text('theme = "light"\nascii = true\ncurrency = "EUR"\n')
    environment = {"CJWORKSHOP_THEME": "dark", "CJWORKSHOP_ASCII": "0", "CJWORKSHOP_SESSIONS": "there"}
    read = load_settings(config, environment, {"ascii": True, "sessions": None})
    assert (read.theme, read.ascii, read.currency, read.sessions) == ("dark", True, "EUR", Path("there"))


def test_an_empty_variable_sets_nothing(config: Path) -> None:
    config.write_text('theme = "light"\n')
    assert load_settings(config, {"CJWORKSHOP_THEME": ""}).theme == "light"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theme = 3", "theme must be dark or light"),
        ('theme = ["dark"]', "theme must be dark or light"),
        ('ascii = "perhaps"', "ascii must be true or false"),
        ("ascii = 1", "ascii must be true or false"),
        ('currency = "a b"', "currency must be a short word"),
        ('currency = "\\u001b[2J"', "currency must be a short word"),
        ('sessions = "\\u0000"', "sessions must be the path of a folder"),
        ('sessions = ""', "sessions must be the path of a folder"),
        ('thme = "dark"', "no setting 'thme'"),
        ("keymap = 3", "keymap must give keys"),
        ("[keymap]\nquit = 3", "keymap must give keys"),
        ("[keymap]\nquit = [3]", "keymap must give keys"),
        ('[keymap]\nquit = ""', "keymap must give keys"),
        ("theme = ", "not valid TOML"),
        ("[" * 5000, "not valid TOML"),
        ("\udcff", "not valid TOML"),
        ("#" * 100_000, "no settings file"),
    ],
)
def test_a_bad_file_gets_one_sentence_that_names_it(config: Path, text: str, said: str) -> None:
    config.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InvalidData) as problem:
        load_settings(config, {})
    assert said in problem.value.message
    assert str(config) in problem.value.message
    assert problem.value.hint


def test_a_folder_in_its_place_is_refused(config: Path) -> None:
    config.mkdir()
    with pytest.raises(InvalidData, match="no settings file"):
        load_settings(config, {})


def test_a_bad_variable_is_named(config: Path) -> None:
    with pytest.raises(InvalidData, match="CJWORKSHOP_THEME must be dark or light, not 'pink'"):
        load_settings(config, {"CJWORKSHOP_THEME": "pink"})


def test_every_setting_says_what_it_is() -> None:
    (declared,) = (
        node
        for node in ast.parse(inspect.getsource(settings)).body
        if isinstance(node, ast.ClassDef) and node.name == "Settings"
    )
    described = {
        first.target.id
        for first, second in zip(declared.body, declared.body[1:], strict=False)
        if isinstance(first, ast.AnnAssign) and isinstance(first.target, ast.Name) and isinstance(second, ast.Expr)
    }
    assert described == {setting.name for setting in dataclasses.fields(Settings)}
