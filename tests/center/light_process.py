"""A work process with light pure functions, begun by the drill's test: `python -m tests.center.light_process DATABASE FOLDER`."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from tcm_engine import Engine
from tcm_engine.center import Center, Keeping
from tcm_engine.center.work import Kind, Lease, Made, Pool, Runner
from tcm_engine.records import Records, Vault


def slow_echo(content: bytes) -> Made:
    """Long enough to be killed over it."""
    time.sleep(0.15)
    return Made(content * 3, made_of=f"light {content.decode()}")


def main(database: str, folder: str) -> None:
    kinds = {"plan_pdfs": Kind("plan_pdfs", "plan_pdf", work=slow_echo)}
    records = Records(database, Vault([os.environ["TCM_SECRET_KEY"]]))
    center = Center(Engine.load(), records, Keeping(), var=Path(folder))
    process = Runner(center, kinds, lambda: Pool(workers=2), Lease(center, 2))
    signal.signal(signal.SIGTERM, lambda *_: process.stopped.set())
    process.run()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
