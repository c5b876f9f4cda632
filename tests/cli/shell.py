"""A command line to type on: in this process, which is quick, or as a program of its own, which is the real thing."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cjworkshop.cli.main import run
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.storage.sessions import SessionStore

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


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
