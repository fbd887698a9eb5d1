"""Words for the codes of this area."""

from __future__ import annotations

from ..words import N_

MEANS = {
    "paper": N_("signed on paper"),
    "tablet": N_("on a tablet of the centre"),
    "link": N_("by the client’s own link"),
    "staff": N_("said to a member of staff"),
}
PURPOSE = {
    "health_data": N_("Health information"),
    "automated_decision": N_("Decisions by a program"),
    "practitioner": N_("Practitioner sees the result"),
    "employer_report": N_("Employer’s report"),
    "follow_up": N_("Contact for follow-ups"),
}
AFTER_WITHDRAWAL = {
    "health_data": N_(
        "From now on nothing is assessed, planned or exported for this person. What was made before stays in the record "
        "until it is erased; offer the client to erase it."
    ),
    "automated_decision": N_("From now on no program decides for this person. Results made before stay; a practitioner assesses directly."),
    "practitioner": N_("From now on results go to the client alone. What practitioners wrote before stays in the record."),
    "employer_report": N_("From now on this person is not counted. Reports that were handed out before hold totals only and stay."),
    "follow_up": N_("From now on nobody contacts this person. Cancel the follow-ups that are still planned."),
}
FAULT = {
    "removed": N_("Row {number} is missing."),
    "changed": N_("Row {number} was changed, or stands where another stood."),
    "forged": N_("Row {number} was not written by this installation."),
    "unknown_key": N_("Row {number} is sealed with a key that is not here."),
    "cut": N_("Rows from {number} on were cut off."),
    "no_head": N_("The record of the last row was removed."),
    "head_changed": N_("The record of the last row was changed."),
    "anchor": N_("Row {number} is not the one that stood there when the trail was last checked."),
}
TABLE = {
    "client": N_("Record"),
    "client_version": N_("Earlier versions of the record"),
    "client_index": N_("Search hashes"),
    "client_merge": N_("Merges"),
    "measurement": N_("Measurements"),
    "consent": N_("Consents"),
    "follow_up": N_("Follow-ups"),
    "campaign_person": N_("Campaigns taken part in"),
    "campaign_device": N_("Devices"),
    "assessment": N_("Assessments"),
    "plan": N_("Plans"),
    "idempotency_key": N_("Remembered requests"),
    "elderly_guidance": N_("Guidance given"),
    "employer_report_person": N_("Counted in reports"),
    "seen_by": N_("Who looked or changed"),
}
FIELD = {
    "name": N_("Name"),
    "sex": N_("Sex"),
    "birth_date": N_("Birth date"),
    "id_number": N_("Identity card"),
    "phone": N_("Telephone"),
    "address": N_("Address"),
    "employer": N_("Employer"),
    "unit": N_("Department or group"),
    "created_at": N_("Entered on"),
    "changed_at": N_("Last change"),
    "assessed_on": N_("Assessed on"),
    "taken_on": N_("Measured on"),
    "due_on": N_("Due on"),
    "given_at": N_("Given on"),
    "withdrawn_at": N_("Withdrawn on"),
    "purpose": N_("Purpose"),
    "means": N_("How it was given"),
    "instrument": N_("Form"),
    "state": N_("State"),
    "version": N_("Version"),
    "at": N_("On"),
    "who": N_("Who"),
    "did": N_("What"),
}
