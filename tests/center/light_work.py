"""Pure functions for tests of the work process; workers import this module and nothing heavier."""

from __future__ import annotations

import os
import signal

from tcm_engine.center.work import Kind, Kinds, Made, Refused


def echo(content: bytes) -> Made:
    """What it was given, three times; some contents make trouble."""
    if content == b"breaks":
        raise ValueError("these words are a person's own")
    if content == b"refused":
        raise Refused("assessment_gone")
    if content == b"kills":
        os.kill(os.getpid(), signal.SIGKILL)
    return Made(content * 3)


def light() -> Kinds:
    return {"plan_pdfs": Kind("plan_pdfs", "plan_pdf", work=echo)}
