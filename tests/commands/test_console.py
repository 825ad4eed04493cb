"""What every command shares."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reconcile.commands import console
from reconcile.errors import ReconcileError
from reconcile.outputs.files import write


@pytest.mark.skipif(os.name != "posix", reason="named pipes are a thing of POSIX")
def test_a_pipe_or_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        console.write("完", pipe)
        write(pipe, "成", force=True)
        assert os.read(reader, 100).decode() == "完成"
        assert pipe.is_fifo()
    finally:
        os.close(reader)


def test_a_workbook_is_not_poured_into_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(ReconcileError) as caught:
        console.write(b"PK", None)
    assert "-o" in caught.value.message("en")
