"""No input makes the language raise: atheris in the long run, each of its findings and all seeds in every run."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from language_answers import KINDS, answer  # noqa: E402
from seeds import files, write  # noqa: E402

FOUND = sorted((HERE / "found").glob("*"))
SECONDS = int(os.environ.get("RISK_FUZZ_SECONDS", "600"))
SLOWEST = 20
"""Seconds for one input, as libFuzzer's time-out: the usual time is some milliseconds."""


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_once_found_is_answered(tmp_path: Path, path: Path) -> None:
    answer(tmp_path, path.read_bytes())


@pytest.mark.parametrize("kind", range(KINDS))
def test_broken_pieces_of_shipped_files_are_answered(tmp_path: Path, kind: int) -> None:
    for number, path in enumerate(files()):
        if number % 40 != kind:
            continue
        text = path.read_bytes()
        for place in range(0, len(text), max(1, len(text) // 8)):
            answer(tmp_path, bytes([kind]) + text[:place] + b"\x00\t: &a [" + text[place:])


@pytest.mark.nightly
@pytest.mark.timeout(SECONDS + 300)
@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None,
    reason="atheris is not installed (`pip install -e '.[fuzz]'`; it has wheels for Linux and macOS only)",
)
def test_ten_minutes_of_atheris_find_nothing(tmp_path: Path) -> None:
    corpus, faults = tmp_path / "corpus", tmp_path / "faults"
    corpus.mkdir()
    faults.mkdir()
    assert write(corpus) > 100

    ended = subprocess.run(
        [
            sys.executable,
            str(HERE / "language_target.py"),
            str(corpus),
            f"-max_total_time={SECONDS}",
            f"-timeout={SLOWEST}",
            "-max_len=4096",
            f"-artifact_prefix={faults}/",
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, f"{ended.stdout[-3000:]}\n{ended.stderr[-3000:]}"
    assert not list(faults.iterdir())
