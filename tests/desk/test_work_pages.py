"""Long work at the desk, without scripts: the list, one job, stopping, going on, faults in words, files."""

from __future__ import annotations

import pytest

from tcm_engine.center.work import request_job, store_bytes
from tcm_engine.records import job, stored_file

from .people import House

KEYS = ["a", "b", "c"]


def ask(at: House, kind: str = "report", keys: list[str] = KEYS) -> str:
    with at.center.records.write() as db:
        return request_job(db, at.center, at.caller(), kind, {"what": "test"}, keys)


def row_of(at: House, public: str) -> job.JobRow:
    with at.center.records.read() as db:
        found = job.find_job(db, job.Eyes(at.organisation, None, None), public)
    assert found
    return found


def end(at: House, public: str, *, failed: str = "", content: bytes = b"", halted: str = "") -> str:
    """Write what the work process would: the first item done with a file or failed, the job over. The file's public id."""
    center, row, file = at.center, row_of(at, public), None
    new = store_bytes(center, at.organisation, content) if content else None
    with center.records.write() as db:
        job.begin_job(db, row.id, center.clock())
        if new:
            file = stored_file.add_file(db, center.records.vault, at.organisation, new, "report", center.clock())
        for number, item in enumerate(job.items_to_do(db, at.organisation, row.id, 0, 10)):
            wrong = failed if number == 0 else ""
            job.finish_item(db, item.id, job.FAILED if wrong else job.DONE, center.clock(), error=wrong, file=file)
        job.end_job(db, row.id, job.STOPPED if halted else job.DONE, halted, center.clock())
        kept = stored_file.get_file(db, at.organisation, file) if file else None
    return kept.public_id if kept else ""


def test_with_nothing_asked_for_the_first_step_is_said(ours: House) -> None:
    page = ours.browser().open("/desk/jobs")
    assert page.h1 == "后台任务" and "还没有任务" in page.text
    assert any(href.endswith("/desk/campaigns") for href, _ in page.links)


def test_what_moves_loads_itself_again_unless_held_still(ours: House) -> None:
    browser, public = ours.browser(), ask(ours)
    for path in ("/desk/jobs", f"/desk/jobs/{public}"):
        assert ("meta", "http-equiv", "refresh") in browser.open(path).attributes
        assert ("meta", "http-equiv", "refresh") not in browser.open(f"{path}?still=1").attributes
    end(ours, public)
    assert ("meta", "http-equiv", "refresh") not in browser.open("/desk/jobs").attributes


def test_a_job_is_stopped_and_goes_on(ours: House) -> None:
    browser, public = ours.browser(), ask(ours)
    page = browser.open(f"/desk/jobs/{public}")
    assert "排队中" in page.text and "0 / 3" in page.text
    assert "已停止" in browser.send(-1).text
    assert "排队中" in browser.send(-1).text


def test_faults_are_told_in_words_and_the_rest_is_made(ours: House) -> None:
    public = ask(ours)
    end(ours, public, failed="no_consent")
    page = ours.browser().open(f"/desk/jobs/{public}")
    assert "1份未生成" in page.text and "已撤回同意" in page.text and "其余都已生成" in page.text


def test_a_code_without_words_is_told_as_it_is(ours: House) -> None:
    public = ask(ours)
    end(ours, public, failed="odd_code", halted="odd_halt")
    page = ours.browser().open(f"/desk/jobs/{public}")
    assert "odd_code" in page.text and "odd_halt" in page.text


def test_a_full_disk_is_said_with_what_to_do(ours: House) -> None:
    public = ask(ours)
    end(ours, public, halted="disk_full")
    assert "磁盘已满" in ours.browser().open(f"/desk/jobs/{public}").text


def test_a_file_is_downloaded_whole_and_written_into_the_trail(ours: House) -> None:
    public, content = ask(ours), b"%PDF-" + bytes(range(256)) * 9000
    file = end(ours, public, content=content)
    browser = ours.browser()
    href = next(href for href, _ in browser.open(f"/desk/jobs/{public}").links if file in href)
    answer = browser.client.get(href)
    assert answer.data == content and answer.headers["Content-Disposition"].endswith('.pdf"')
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_file_that_is_damaged_or_gone_is_no_broken_download(ours: House) -> None:
    public = ask(ours)
    file = end(ours, public, content=b"%PDF-gone")
    with ours.center.records.read() as db:
        row = stored_file.find_file(db, ours.organisation, file)
    assert row
    (ours.center.var / "files" / row.path).unlink()
    assert ours.browser().client.get(f"/desk/jobs/{public}/files/{file}").status_code == 404


@pytest.mark.parametrize("tail", ["", "/files/x"])
def test_what_is_another_organisation_s_looks_like_nothing_at_all(ours: House, theirs: House, tail: str) -> None:
    public = ask(ours)
    browser = theirs.browser("administrator")
    unknown = browser.open(f"/desk/jobs/unknown{tail}").text
    assert browser.open(f"/desk/jobs/{public}{tail}").text == unknown and browser.response.status_code == 404
    assert public not in browser.open("/desk/jobs").markup


def test_nobody_stops_what_they_may_not_see(ours: House, theirs: House) -> None:
    public, browser = ask(ours), theirs.browser()
    own = ask(theirs)
    browser.open(f"/desk/jobs/{own}")
    token = browser.page.forms[-1].fields["csrf_token"][0]
    assert browser.client.post(f"/desk/jobs/{public}/stop", data={"csrf_token": token}).status_code == 404
    assert row_of(ours, public).state == "waiting"
    assert browser.client.post(f"/desk/jobs/{own}/stop").status_code == 409
    assert row_of(theirs, own).state == "waiting"


def test_operators_have_no_such_page_and_practitioners_see_reports_alone(ours: House) -> None:
    report, plans = ask(ours), ask(ours, "plan_pdfs")
    assert ours.browser("operator").client.get("/desk/jobs").status_code == 403
    browser = ours.browser("practitioner")
    assert report in browser.open("/desk/jobs").markup and plans not in browser.page.markup
    browser.open(f"/desk/jobs/{plans}")
    assert browser.response.status_code == 404


def test_a_fault_leads_to_the_record_of_whose_it_is(ours: House, theirs: House) -> None:
    from tests.center.indicator_people import add_client, add_sitting, sheet

    with ours.center.records.write() as db:
        row, client = add_client(db, ours.center, ours.organisation, name="张三", birth_date="1950-01-01")
        key = add_sitting(db, ours.center, ours.organisation, row, sheet(ours.center))[1]
    public, foreign = ask(ours, "plan_pdfs", [key]), ask(theirs, "plan_pdfs", [key])
    end(ours, public, failed="no_consent")
    end(theirs, foreign, failed="no_consent")
    page = ours.browser().open(f"/desk/jobs/{public}")
    assert any(href.endswith(f"/desk/clients/{client}") for href, _ in page.links) and "张三" not in page.markup
    assert client not in theirs.browser().open(f"/desk/jobs/{foreign}").markup
