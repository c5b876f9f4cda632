"""A command line to type on: in this process, which is quick, or as a program of its own, which is the real thing."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from cjworkshop.cli.main import run
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.storage.sessions import SessionStore

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Answer:
    """What a command did."""

    code: int
    out: str
    err: str


class Shell:
    """Types commands in a folder of its own, with no terminal and no settings but those a test makes."""

    def __init__(self, home: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self.sessions = home / "sessions"
        self._capture = capture

    @property
    def store(self) -> SessionStore:
        return SessionStore(self.sessions, CATALOGUE)

    def __call__(self, *arguments: str) -> Answer:
        """Run a command in this process."""
        self._capture.readouterr()
        code = run(list(arguments))
        written = self._capture.readouterr()
        return Answer(code, written.out, written.err)

    def program(self, *arguments: str, cwd: Path | None = None, stdin: str = "") -> Answer:
        """Run a command as a program of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "cjworkshop", *arguments],
            cwd=cwd or self.home,
            env=os.environ,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def new(self, name: str, *options: str) -> Path:
        """Begin a session and say where its file is."""
        answer = self("new", *options, "--no-open", "--", name)
        assert answer.code == 0, answer
        return self.home.__class__(answer.out.strip())

    def demo(self) -> Path:
        """The sample's file."""
        answer = self("demo", "--no-open")
        assert answer.code == 0, answer
        return self.home.__class__(answer.out.strip())


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    for name in [name for name in os.environ if name.startswith("CJWORKSHOP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setenv("CJWORKSHOP_SESSIONS", str(home / "sessions"))
    return Shell(home, capfd)
