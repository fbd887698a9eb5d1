"""What a person agrees to before the first question. The version goes into the record; whoever changes a word changes the version."""

from __future__ import annotations

from .words import N_

VERSION = "2026-11-23"

POINTS: tuple[tuple[str, str], ...] = (
    (
        N_("What we process"),
        N_("Your answers, and your sex, age and health information where you give them. This is sensitive personal information."),
    ),
    (
        N_("What for"),
        N_(
            "Only to work out your constitution type and to compose a plan of daily care for you. Not "
            "for advertising, and it is not passed on."
        ),
    ),
    (
        N_("How it is decided"),
        N_(
            "A program decides by the published rules of the form, without a person looking. You may "
            "read every rule on the result page, and you may ask a practitioner to look at the result."
        ),
    ),
    (
        N_("How long"),
        N_(
            "Only for this visit, {minutes} minutes after your last step at most. If you ask for a "
            "private link, {days} days. You can delete everything at any time."
        ),
    ),
    (
        N_("Your choice"),
        N_(
            "You may leave out sex, age and every health question; we then say what changes. Without "
            "your consent there is no test; nothing else is lost."
        ),
    ),
    (N_("What it is not"), N_("The result is not a diagnosis and does not replace a doctor.")),
)
"""(heading, paragraph); `{minutes}` and `{days}` are the settings of the service."""

AGREE = N_("I am 18 or older, and I agree that my health information is processed in this way.")
