"""What is installed from the wheel is whole: the sample, the templates and the commands work away from the sources."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent.parent


def test_the_wheel_in_an_empty_environment_runs_the_sample(tmp_path: Path) -> None:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CJWORKSHOP", "XDG"))
    }
    home = tmp_path / "home"
    home.mkdir()

    def do(*command: str | Path) -> str:
        done = subprocess.run(
            command, cwd=home, env={**environment, "HOME": str(home)}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    do(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path / "wheel", SOURCES)
    (wheel,) = (tmp_path / "wheel").iterdir()
    venv.create(tmp_path / "venv", with_pip=True)
    folder = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    do(folder / "python", "-m", "pip", "install", "--quiet", "--constraint", SOURCES / "constraints.txt", wheel)

    program = folder / "cjworkshop"
    path = Path(do(program, "demo", "--no-open").strip())
    assert path.name == "demo-va-outpatient.json"
    assert path.is_relative_to(home)
    assert do(program, "list").startswith("demo-va-outpatient\tDemo: VA outpatient\t")
    shown = json.loads(do(program, "show", "demo", "--json"))
    assert len(shown["tables"]["touchpoints"]) == 24
    assert do(program, "templates").count("\n") == 7
    assert do(program, "export", "demo", "-o", "-").startswith("# Demo: VA outpatient\n")
    assert do(folder / "python", "-c", "import cjworkshop; print(cjworkshop.__file__)").startswith(str(tmp_path))
