"""What the tests share that drive the real program by keys."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program in folders of its own."""
    return Program(tmp_path)
