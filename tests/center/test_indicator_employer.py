"""An employer's instalments: frozen, over different people, and of no use to somebody who waits for one person more."""

from __future__ import annotations

import pytest

from tcm_engine.center import Center, NotAllowed, NotFound
from tcm_engine.center.access import change_settings
from tcm_engine.center.indicators import employer_state, issue_to_employer, read_issued
from tcm_engine.evaluation import WITHHELD, EmployerReport
from tcm_engine.model import Assessment, InvalidInput
from tcm_engine.records import campaign, consent, statistics

from . import indicator_people as people
from .sheets import TODAY


def results(center: Center) -> tuple[Assessment, Assessment, Assessment]:
    cold = {"q11": 5, "q12": 5, "q13": 5, "q29": 5}
    return people.sheet(center), people.sheet(center, **people.QI), people.sheet(center, **cold)


def test_issued_tables_withhold_what_is_small_and_never_say_none(center: Center) -> None:
    of = people.organisation(center)
    calm, qi, cold = results(center)
    units = {
        "甲": [calm] * 14 + [qi] * 9 + [cold] * 8,
        "乙": [calm] * 12 + [qi] * 10 + [cold] * 9,
        "丙": [calm] * 9 + [qi] * 8 + [cold] * 2,
    }
    public = people.add_campaign(center, of, units | {"丁": [cold, cold, None]})
    who = people.caller(center, of)
    report = read_issued(center, who, public, issue_to_employer(center, who, public, TODAY))
    assert (report.people, report.roster, report.threshold, report.number) == (83, 84, 5, 1)
    table = next(one for one in report.tables if one.by == "unit")
    assert ("丁",) not in table.rows, "two people are never a row"
    assert all(cell == WITHHELD or cell >= 5 for row in table.cells for cell in row)
    assert any(cell == WITHHELD for row in table.cells for cell in row)


def test_one_person_more_gives_no_second_report(center: Center) -> None:
    of = people.organisation(center)
    calm, qi, _ = results(center)
    public = people.add_campaign(center, of, {"甲": [calm] * 10 + [qi] * 10})
    who = people.caller(center, of)
    first = issue_to_employer(center, who, public, TODAY)
    before = read_issued(center, who, public, first)
    with center.records.write() as db:
        row = campaign.find(db, of, public)
        assert row
        people.invite(db, center, of, row.id, "甲", qi)
    with pytest.raises(InvalidInput) as refused:
        issue_to_employer(center, who, public, TODAY)
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [("people", "too_few_to_issue")]
    state = employer_state(center, who, public)
    assert (state.waiting, state.may_issue, len(state.issued)) == (1, False, 1)
    assert state.issued[0].report == before == read_issued(center, who, public, first)


def test_a_later_instalment_is_over_new_people_alone(center: Center) -> None:
    of = people.organisation(center)
    calm, qi, _ = results(center)
    public = people.add_campaign(center, of, {"甲": [calm] * 10 + [qi] * 10})
    who = people.caller(center, of)
    issue_to_employer(center, who, public, TODAY)
    with center.records.write() as db:
        row = campaign.find(db, of, public)
        assert row
        for result in [calm] * 6 + [qi] * 7:
            people.invite(db, center, of, row.id, "甲", result)
    issue_to_employer(center, who, public, TODAY)
    one, two = (issued.report for issued in employer_state(center, who, public).issued)
    assert (one.people, one.earlier, two.people, two.earlier) == (20, 0, 13, 20)
    assert (one.number, two.number, two.roster) == (1, 2, 33)


def test_only_who_agrees_is_counted_and_who_takes_it_back_never(center: Center) -> None:
    of = people.organisation(center)
    calm, qi, _ = results(center)
    public = people.add_campaign(center, of, {"甲": [calm] * 10 + [qi] * 10})
    who = people.caller(center, of)
    with center.records.write() as db:
        row = campaign.find(db, of, public)
        assert row
        for _n in range(6):
            people.invite(db, center, of, row.id, "甲", qi, agrees=False)
        agreeing = [one.client for one in statistics.roster(db, center.records.vault, of, row.id, None)]
        consent.withdraw(db, of, agreeing[0], "employer_report", center.clock())
    state = employer_state(center, who, public)
    assert (state.waiting, state.not_agreed) == (19, 7)
    assert read_issued(center, who, public, issue_to_employer(center, who, public, TODAY)).people == 19
    assert not employer_state(center, who, public).may_issue


def test_an_erased_person_changes_no_instalment(center: Center) -> None:
    from sqlalchemy import delete, select

    from tcm_engine.records.campaign import campaign_person
    from tcm_engine.records.client import client

    of = people.organisation(center)
    calm, qi, _ = results(center)
    public = people.add_campaign(center, of, {"甲": [calm] * 10 + [qi] * 10})
    who = people.caller(center, of)
    first = issue_to_employer(center, who, public, TODAY)
    before = read_issued(center, who, public, first)
    with center.records.write() as db:
        gone = db.execute(select(campaign_person.c.client_id)).scalars().first()
        db.execute(delete(client).where(client.c.id == gone))
    assert read_issued(center, who, public, first) == before
    assert employer_state(center, who, public).waiting == 0


def test_the_threshold_is_the_organisations_own(center: Center) -> None:
    of = people.organisation(center)
    calm, qi, _ = results(center)
    public = people.add_campaign(center, of, {"甲": [calm] * 10 + [qi] * 10})
    change_settings(center, people.caller(center, of, "administrator"), 0, smallest_cell=25)
    who = people.caller(center, of)
    assert employer_state(center, who, public).threshold == 25
    with pytest.raises(InvalidInput):
        issue_to_employer(center, who, public, TODAY)


@pytest.mark.parametrize(
    ("role", "reads", "issues"),
    [("operator", False, False), ("practitioner", True, False), ("auditor", True, False), ("manager", True, True)],
)
def test_who_may_read_and_who_may_issue(center: Center, role: str, reads: bool, issues: bool) -> None:
    of = people.organisation(center)
    public = people.add_campaign(center, of, {"甲": [people.sheet(center)] * 12})
    report = issue_to_employer(center, people.caller(center, of), public, TODAY)
    who = people.caller(center, of, role)
    if reads:
        assert employer_state(center, who, public).issued and isinstance(read_issued(center, who, public, report), EmployerReport)
    else:
        for ask in (lambda: employer_state(center, who, public), lambda: read_issued(center, who, public, report)):
            with pytest.raises(NotAllowed):
                ask()
    with pytest.raises(InvalidInput if issues else NotAllowed):
        issue_to_employer(center, who, public, TODAY)


def test_another_organisation_and_another_branch_find_nothing(center: Center) -> None:
    ours, theirs = people.organisation(center), people.organisation(center, "other")
    east, _ = people.add_branch(center, ours, "东")
    public = people.add_campaign(center, ours, {"甲": [people.sheet(center)] * 12})
    report = issue_to_employer(center, people.caller(center, ours), public, TODAY)
    own = people.add_campaign(center, theirs, {"甲": [people.sheet(center)] * 12})
    for who in (people.caller(center, theirs), people.caller(center, ours, "manager", east)):
        for ask in (
            lambda who=who: employer_state(center, who, public),
            lambda who=who: read_issued(center, who, public, report),
            lambda who=who: issue_to_employer(center, who, public, TODAY),
        ):
            with pytest.raises(NotFound):
                ask()
    with pytest.raises(NotFound):
        read_issued(center, people.caller(center, theirs), own, report)
