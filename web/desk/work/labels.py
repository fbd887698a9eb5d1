"""Words for the codes of long work."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import N_

KINDS: Mapping[str, str] = {
    "plan_pdfs": N_("Plans, one document each"),
    "archive": N_("All plans in one ZIP"),
    "print": N_("All plans for the printer"),
    "report": N_("Report"),
    "record_forms": N_("Record forms of a year"),
}
STATES: Mapping[str, str] = {
    "waiting": N_("waits its turn"),
    "running": N_("under way"),
    "stopping": N_("stops after what is in hand"),
    "stopped": N_("stopped"),
    "done": N_("done"),
    "failed": N_("not done"),
}
BADGES: Mapping[str, str] = {"done": "good", "failed": "stop", "stopped": "warn", "stopping": "warn"}
OTHER_HALT = N_("It came to a halt. Let it go on; if it halts again, tell an administrator this code: {code}.")
HALTS: Mapping[str, str] = {
    "disk_full": N_("The disk of the server is full. What is done is kept. Have room made, then let it go on."),
    "no_plans": N_("There is no document to pack. See why under “Plans, one document each”, then let it go on."),
    "plans_not_ready": N_("The documents were not all made yet. Let “Plans, one document each” end first, then let this go on."),
    "unknown_kind": N_("This version of the programme does not know this kind of work. Ask for it again."),
    "does_not_open": N_("What was asked for cannot be opened: it was sealed with another secret key. Tell an administrator."),
}
OTHER_FAULT = N_("It could not be made. Tell an administrator this code: {code}.")
FAULTS: Mapping[str, str] = {
    "assessment_gone": N_("The assessment is not there any more."),
    "no_consent": N_("The client has not agreed to the processing of health information, or has withdrawn. Ask, then let it go on."),
    "worker_died": N_("The programme broke off while making it, three times. Tell an administrator; the others are made."),
    "out_of_memory": N_("The server had too little memory for it. Have other work end, then let it go on."),
    "not_made": N_("The programme could not make it. Tell an administrator; the others are made."),
    "no_document": N_("It has no document. See why under “Plans, one document each”."),
    "file_gone": N_("Its document lies on the disk no more or was damaged. Ask for the plans again, then let this go on."),
    "not_allowed": N_("Who asked for it may not see this any more."),
    "nothing_to_do": N_("There is nothing to print."),
}
FILES: Mapping[str, str] = {
    "archive": N_("ZIP with all plans"),
    "print_pdf": N_("PDF for the printer"),
    "report": N_("Report as PDF"),
}
ENDINGS: Mapping[str, tuple[str, str]] = {"archive": ("zip", "application/zip")}
"""Kind of a file -> (ending, media type); a PDF where nothing stands here."""
