"""An employer's instalment in words. A withheld cell is always the same word, whatever the reason: the word tells nothing."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base import KnowledgeBase
from tcm_engine.evaluation import WITHHELD, EmployerReport, EmployerTable, share
from tcm_engine.model import CONSTITUTIONS

from . import format
from .catalog import HTML_LANG, Catalog
from .indicator_view import BarView, CrossView, IndicatorsView, NumberView, SectionView
from .indicator_words import BY, DEFINITION, GROUP, LINE, SECTION
from .plan_view import Letterhead
from .told_indicators import percent

NAMED = 2
"""So many merged groups are named; more are counted."""


def present_employer(
    report: EmployerReport, lang: str, *, letterhead: Letterhead | None = None, knowledge: KnowledgeBase
) -> IndicatorsView:
    """The instalment, to be handed over."""
    tell = _Tell(report, lang, knowledge)
    t = tell.t
    return IndicatorsView(
        lang=lang,
        html_lang=HTML_LANG[lang],
        title=t("Constitution types of the group"),
        finding=tell.finding(),
        scope=tell.scope(),
        day=format.day(report.day, lang),
        numbers=tell.numbers(),
        sections=(tell.types(),) if len(report.columns) > 1 else (),
        crosses=tuple(map(tell.table, report.tables)),
        notes=tell.notes(),
        audience=t("For the employer: groups only, nobody can be told apart."),
        letterhead=letterhead or Letterhead(),
    )


class _Tell:
    def __init__(self, report: EmployerReport, lang: str, knowledge: KnowledgeBase):
        self.report, self.lang, self.knowledge = report, lang, knowledge
        self.t = Catalog.load("views", lang)
        self.withheld = self.t("withheld (<{threshold} or protective)", threshold=report.threshold)

    def type_names(self, codes: Sequence[str]) -> str:
        names = [self._type_name(code) for code in codes]
        return format.listed(names, self.lang) if len(names) <= NAMED else self.t("{count} other types", count=len(names))

    def _type_name(self, code: str) -> str:
        return self.knowledge.constitutions[code].name.in_(self.lang) if code in CONSTITUTIONS else self.t(LINE[f"main_type.{code}"])

    def group_names(self, by: str, codes: Sequence[str]) -> str:
        names = [self.t(GROUP[code]) if by != "unit" else code or self.t("not given") for code in codes]
        return format.listed(names, self.lang) if len(names) <= NAMED else self.t("{count} other groups", count=len(names))

    def finding(self) -> str:
        report = self.report
        shown = zip(report.column_totals, report.columns, strict=True)
        alone = [(total, codes) for total, codes in shown if len(codes) == 1 and codes[0] in CONSTITUTIONS]
        if not alone:
            return self.t("{people} people were assessed; types are too few to be told apart.", people=report.people)
        count, codes = max(alone)
        return self.t(
            "{people} people were assessed; the most frequent main type that is shown is {type}: {count} people, {share}.",
            people=report.people, type=self.type_names(codes), count=count, share=percent(count / report.people),
        )  # fmt: skip

    def scope(self) -> tuple[str, ...]:
        report = self.report
        lines = [self.t("Campaign: {name}", name=report.campaign)]
        if report.employer:
            lines.append(self.t("Employer: {name}", name=report.employer))
        return (*lines, self.t("Instalment {number}, issued on {day}", number=report.number, day=format.day(report.day, self.lang)))

    def numbers(self) -> tuple[NumberView, ...]:
        report = self.report
        return (
            NumberView(self.t("People in this instalment"), str(report.people), self.t("{count} in earlier ones", count=report.earlier)),
            NumberView(
                self.t("Counted so far"),
                percent((report.people + report.earlier) / report.roster) if report.roster else "–",
                self.t("{count} of {of}", count=report.people + report.earlier, of=report.roster),
            ),
        )

    def types(self) -> SectionView:
        report = self.report
        bars = [self._bar(self.type_names(codes), total) for codes, total in zip(report.columns, report.column_totals, strict=True)]
        bars.sort(key=lambda bar: -int(bar.count))
        return SectionView(
            "main_type",
            self.t(SECTION["main_type"]),
            self.t(DEFINITION["main_type"]),
            "",
            self.t("n = {n}", n=report.people),
            tuple(bars),
            False,
        )

    def _bar(self, label: str, count: int) -> BarView:
        found = share(count, self.report.people)
        interval = self.t("{low} to {high}", low=percent(found.low), high=percent(found.high))
        return BarView(label, str(count), found.of, found.value, percent(found.value), found.low, found.high, interval)

    def table(self, table: EmployerTable) -> CrossView:
        headings = (self.t(BY[table.by]), *map(self.type_names, table.columns), self.t("All"))
        rows = [
            (self.group_names(table.by, codes), *(self.withheld if cell == WITHHELD else str(cell) for cell in cells), str(total))
            for codes, cells, total in zip(table.rows, table.cells, table.row_totals, strict=True)
        ]
        sums = (self.t("All"), *map(str, table.column_totals), str(self.report.people))
        title = self.t("Main type by {group}", group=self.t(BY[table.by]))
        return CrossView(table.by, title, self.t(DEFINITION["main_type"]), headings, (*rows, sums))

    def notes(self) -> tuple[str, ...]:
        report, threshold = self.report, self.report.threshold
        notes = [
            self.t(
                "Groups of fewer than {threshold} people are not shown: small units, ages and types are put together.", threshold=threshold
            ),
            self.t("A cell is withheld because fewer than {threshold} people are in it, or to protect another cell.", threshold=threshold),
            self.t("Withheld does not mean none."),
            self.t("Only people who agreed to it are counted."),
            self.t("Each person is counted in one instalment only, and an instalment is never changed."),
            self.t("A constitution type describes a tendency of the body. It is no disease, and no ground for decisions about employees."),
        ]
        if report.given_up:
            names = format.listed([self.t(BY[one]) for one in report.given_up], self.lang)
            notes.insert(2, self.t("Not told apart, because the groups are too small: {names}.", names=names))
        return tuple(notes)
