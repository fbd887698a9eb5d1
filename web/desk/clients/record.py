"""A client's page, and changing what stands in the record. Where two change one record, both versions are shown, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import g, redirect, render_template, request, url_for

from tcm_engine.center import CHILDBEARING, Outdated
from tcm_engine.center.clients import (
    Client,
    change_client,
    merges_of,
    read_background,
    read_client,
    read_identity,
    standing_of,
    version_of,
    versions_of,
)
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.views import present_assessment, say_review

from ...typography import phrases
from ..access import caller, services
from ..words import translate as _
from . import labels
from .flat import (
    IDENTITY,
    LISTED,
    PROFILE,
    background_texts,
    identity_of,
    is_known,
    names_of,
    profile_of,
    read_profile_form,
    shown_word,
    zones,
)
from .sent import Sent, sent
from .shown import age_of, branch_choices, branch_names, flag_words, graded, number_of, type_name, value_words, verdict_word
from .timeline import timeline


def show(public_id: str) -> Any:
    center = services().center
    found = standing_of(center, caller(), public_id)
    if found.client.public_id != public_id:  # it was merged into this one
        return redirect(url_for("desk.client", public_id=found.client.public_id), 303)
    last = found.results[0] if found.results else None
    view = present_assessment(last.assessment, _lang(), knowledge=services().knowledge) if last else None
    review = say_review(last.assessment.review_reasons, _lang(), services().knowledge) if last else ()
    newest: dict[str, dict[str, Any]] = {}
    for one in found.measured:
        if one.removed_at is None:
            for grade in one.grades:
                newest.setdefault(grade.code, graded(grade) | {"day": one.taken_on, "value": value_words(grade.code, one.values)})
    return render_template(
        "desk/clients/client.html", standing=found, client=found.client, age=age_of(found.client), view=view, review=review,
        phrases=phrases, grades=newest, labels=labels, lists=_lists(found.client), flags=[flag_words(code) for code in found.red_flags],
        timeline=timeline(found), merges=merges_of(center, caller(), found.client), type_name=type_name, verdict_word=verdict_word,
        fertile=found.client.identity.sex != "male" and (age_of(found.client) is None or age_of(found.client) in CHILDBEARING),
        branch=branch_names().get(found.client.identity.branch or "", ""), instruments=_instruments(),
    )  # fmt: skip


def history(public_id: str) -> Any:
    """Every version of the record: who wrote it, and what was changed."""
    center = services().center
    client, found = versions_of(center, caller(), public_id)
    flat = [(one, identity_of(one.client) | profile_of(one.client)) for one in found]
    changes = []
    for index, (one, now) in enumerate(flat):
        before = flat[index + 1][1] if index + 1 < len(flat) else {}
        fields = [
            (name, before.get(name, ""), value) for name, value in now.items() if value != before.get(name, "") and name in labels.LABELS
        ]
        changes.append((one, fields))
    return render_template("desk/clients/history.html", client=client, changes=changes, labels=labels)


@dataclass(frozen=True, slots=True)
class _Part:
    """One page of a record that is edited."""

    template: str
    names: tuple[str, ...]
    flat: Callable[[Client], dict[str, str]]
    write: Callable[[Client, Mapping[str, str], int], Client]


def identity(public_id: str) -> Any:
    return _edit(public_id, _Part("desk/clients/identity.html", IDENTITY, identity_of, _write_identity))


def profile(public_id: str) -> Any:
    return _edit(public_id, _Part("desk/clients/profile.html", PROFILE, profile_of, _write_profile))


def _edit(public_id: str, part: _Part) -> Any:
    client = read_client(services().center, caller(), public_id)
    page = sent(part.names, part.flat(client))
    version = number_of(request.form["version"]) if "version" in request.form else client.version
    if page.form.was_sent():
        if "picked" in request.form:
            page.values = _picked(part, client)
        try:
            part.write(client, page.values, version)
        except InvalidInput as invalid:
            page.take(invalid)
        except Outdated as outdated:
            return _both(part, outdated.now, page, version)  # type: ignore[arg-type]  # the record as it stands
        else:
            return redirect(url_for("desk.client", public_id=client.public_id), 303)
    return render_template(
        part.template, page=page, client=client, version=version, faults=page.faults, labels=labels, same=None,
        branches=branch_choices(client.identity.branch), names_of=names_of, zones=zones(), listed=LISTED,
    )  # fmt: skip


def _picked(part: _Part, now: Client) -> dict[str, str]:
    """Field by field what was chosen; where nothing differed, what stands."""
    theirs = part.flat(now)
    mine = {name: request.form.get(f"mine-{name}", theirs[name]) for name in part.names}
    return {name: mine[name] if request.form.get(f"pick-{name}") == "mine" else theirs[name] for name in part.names}


def _both(part: _Part, now: Client, page: Sent, version: int) -> Any:
    theirs, base = part.flat(now), part.flat(version_of(services().center, caller(), now.public_id, version))
    rows = []
    for name in part.names:
        mine = page.values[name]
        if mine != theirs[name]:
            chosen = "mine" if theirs[name] == base[name] else "theirs" if mine == base[name] else ""
            rows.append({"name": name, "mine": mine, "theirs": theirs[name], "chosen": chosen})
    shown = render_template("desk/clients/both.html", page=page, client=now, rows=rows, labels=labels, shown=_shown)
    return shown, 409


def _shown(name: str, value: str) -> str:
    """A value of a form as a person reads it."""
    if name.endswith("_known"):
        return _(labels.LISTED[value])
    if name == "branch":
        return branch_names().get(value, "")
    if name == "zone":
        return dict(zones()).get(value, "")
    tables = {"sex": labels.SEX, "pregnant": labels.YES_NO, "lactating": labels.YES_NO}
    table = tables.get(name)
    if table and value in table:
        return _(table[value])
    return _(labels.HABIT_WORDS[f"{name}.{value}"]) if f"{name}.{value}" in labels.HABIT_WORDS else value


def _write_identity(client: Client, values: Mapping[str, str], version: int) -> Client:
    found = read_identity(values, today=services().today())
    return change_client(services().center, caller(), client.public_id, version, identity=found)


def _write_profile(client: Client, values: Mapping[str, str], version: int) -> Client:
    faults: list[Fault] = []
    raw, ground = None, None
    try:
        raw = read_profile_form(values, client)
    except InvalidInput as invalid:
        faults += invalid.faults
    try:
        ground = read_background(background_texts(values))
    except InvalidInput as invalid:
        faults += invalid.faults
    if faults:
        raise InvalidInput(faults)
    return change_client(services().center, caller(), client.public_id, version, profile=raw, background=ground)


def _lists(client: Client) -> list[tuple[str, str, list[tuple[str, bool]]]]:
    """(label, state, words with whether the register knows them) of every list of the profile."""
    found = []
    for key in LISTED:
        words = client.profile.get(key)
        state = "unknown" if words is None else "none" if not words else "some"
        found.append((key, state, [(shown_word(key, word), is_known(key, word)) for word in words or ()]))
    return found


def _instruments() -> list[tuple[str, str]]:
    return [(code, form.title.in_(_lang())) for code, form in services().knowledge.instruments.items()]


def _lang() -> str:
    return str(g.display.lang)
