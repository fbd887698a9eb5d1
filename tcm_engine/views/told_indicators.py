"""Indicators in words: sentences for findings, no causes, every number with what it is of."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge_base import KnowledgeBase
from tcm_engine.evaluation import Difference, GroupRates, GroupTable, Indicators, Line, Section, Share
from tcm_engine.model import CONSTITUTIONS

from . import format
from .catalog import HTML_LANG, Catalog
from .indicator_view import BarView, CrossView, IndicatorsView, NumberView, SectionView
from .indicator_words import BY, DEFINITION, GROUP, LINE, SECTION
from .plan_view import Letterhead

SORTED = frozenset({"main_type", "applies", "tendency", "completeness", "quality"})
"""Sections whose bars stand by length; the others have an order of their own."""
FEW = 30
"""With fewer people a share says little: a sentence says so."""


def present_indicators(found: Indicators, lang: str, *, letterhead: Letterhead | None = None, knowledge: KnowledgeBase) -> IndicatorsView:
    """All sections, for inside the centre."""
    tell = _Tell(lang, knowledge)
    return IndicatorsView(
        lang=lang,
        html_lang=HTML_LANG[lang],
        title=tell.t("Indicators"),
        finding=tell.finding(found),
        scope=tell.scope(found),
        day=format.day(found.day, lang),
        numbers=tell.numbers(found),
        sections=tuple(tell.section(one) for one in found.sections if found.people or one.code in ("coverage", "follow_ups", "referrals")),
        crosses=tuple(tell.crosses(found)),
        notes=tell.notes(found),
        audience=tell.t("For use inside the centre. Small groups are not withheld here: do not hand it to an employer."),
        letterhead=letterhead or Letterhead(),
    )


def percent(value: float | None) -> str:
    """`27%`; with a decimal where it would otherwise be 0 or 100 by rounding alone."""
    if value is None:
        return "–"
    whole = round(100 * value)
    rounded_away = (whole == 0 and value > 0) or (whole == 100 and value < 1)
    return f"{100 * value:.1f}%" if rounded_away else f"{whole}%"


def _points(value: float) -> str:
    """Percentage points with their sign, a true minus; 0 has none."""
    whole = round(100 * value)
    return f"+{whole}" if whole > 0 else f"−{-whole}" if whole < 0 else "0"


class _Tell:
    """The telling of indicators in one language."""

    def __init__(self, lang: str, knowledge: KnowledgeBase):
        self.lang, self.knowledge = lang, knowledge
        self.t = Catalog.load("views", lang)

    def type_name(self, code: str) -> str:
        return self.knowledge.constitutions[code].name.in_(self.lang)

    def label(self, section: str, code: str) -> str:
        return self.type_name(code) if code in CONSTITUTIONS else self.t(LINE[f"{section}.{code}"])

    def finding(self, found: Indicators) -> str:
        if not found.people:
            return self.t("Nobody was assessed in this period or campaign.")
        lines = sorted(found.section("main_type").lines[:-1], key=lambda line: -line.share.count)
        top = [line for line in lines if line.share.count == lines[0].share.count]
        if not lines[0].share.count:
            return self.t("{people} people were assessed; nobody has a single main type.", people=found.people)
        if len(top) > 1:
            names = format.listed([self.type_name(line.code) for line in top], self.lang)
            return self.t(
                "{people} people were assessed; {types} are equally frequent as main types ({count} each).",
                people=found.people, types=names, count=top[0].share.count,
            )  # fmt: skip
        return self.t(
            "{people} people were assessed; the most frequent main type is {type}: {count} people, {share}.",
            people=found.people, type=self.type_name(top[0].code), count=top[0].share.count, share=percent(top[0].share.value),
        )  # fmt: skip

    def scope(self, found: Indicators) -> tuple[str, ...]:
        lines = []
        if found.campaign:
            lines.append(self.t("Campaign: {name}", name=found.campaign))
            if found.employer:
                lines.append(self.t("Employer: {name}", name=found.employer))
        else:
            lines.append(self.t("Period: {begins} to {ends}, both days included", **self.days(found)))
        lines.append(self.t("Branch: {name}", name=found.branch) if found.branch else self.t("The whole organisation"))
        if found.instruments:
            titles = [self.knowledge.instruments[one].title.in_(self.lang) for one in found.instruments]
            lines.append(self.t("Forms: {titles}", titles=format.listed(titles, self.lang)))
        if found.compare:
            begins, ends = (format.day(one, self.lang) for one in found.compare)
            people = found.compared_people or 0
            lines.append(self.t("Compared with: {begins} to {ends} ({people} people)", begins=begins, ends=ends, people=people))
        return tuple(lines)

    def days(self, found: Indicators) -> dict[str, str]:
        return {"begins": format.day(found.begins, self.lang), "ends": format.day(found.ends, self.lang)}

    def numbers(self, found: Indicators) -> tuple[NumberView, ...]:
        shown = [NumberView(self.t("People assessed"), str(found.people), self.t("{count} assessments", count=found.sittings))]
        if found.roster is not None:
            shown.append(self.number(self.t("Coverage"), found.section("coverage").lines[0].share))
        if found.people:
            shown.append(self.number(self.t("Plan signed"), found.section("plans").lines[1].share))
            shown.append(self.number(self.t("Needs a look"), found.section("quality").lines[0].share))
        if found.roster is None:
            shown.append(self.number(self.t("Follow-ups done"), found.section("follow_ups").lines[0].share))
        return tuple(shown)

    def number(self, label: str, share: Share) -> NumberView:
        return NumberView(label, percent(share.value), self.t("{count} of {of}", count=share.count, of=share.of))

    def section(self, section: Section) -> SectionView:
        lines = list(section.lines)
        if section.code in SORTED:
            first = lines[:1] if section.code == "quality" else []
            lines = [*first, *sorted(lines[len(first) :], key=lambda line: -line.share.count)]
        of = section.lines[0].share.of
        size = self.t("n = {n}", n=of)
        if section.missing:
            size = self.t("n = {n}; of {missing} people a type is not determined", n=of, missing=section.missing)
        return SectionView(
            section.code, self.t(SECTION[section.code]), self.t(DEFINITION[section.code]), self.section_finding(section), size,
            tuple(self.bar(section.code, line) for line in lines), any(line.change for line in lines),
        )  # fmt: skip

    def section_finding(self, section: Section) -> str:
        if not section.lines[0].share.of:
            return self.t("Nothing to count.")
        clear = [line for line in section.lines if line.change and line.change.is_clear]
        if clear:
            names = format.listed([self.label(section.code, line.code) for line in clear], self.lang)
            return self.t("Clearly different from the earlier period: {names}.", names=names)
        if any(line.change for line in section.lines):
            return self.t("No share is clearly different from the earlier period.")
        return self.plain_finding(section)

    def plain_finding(self, section: Section) -> str:
        first, shares = section.lines[0].share, {line.code: line.share for line in section.lines}
        if section.code == "coverage":
            return self.t("{count} of {of} are assessed.", count=first.count, of=first.of)
        if section.code == "plans":
            return self.t(
                "{planned} of {of} have a plan; {signed} plans are signed.", planned=first.count, of=first.of, signed=shares["signed"].count
            )
        if section.code == "follow_ups":
            return self.t("{done} of {of} are done; {overdue} are overdue.", done=first.count, of=first.of, overdue=shares["overdue"].count)
        if section.code == "referrals":
            return self.t("{count} of {of} are answered.", count=first.count, of=first.of)
        if section.code == "quality":
            return self.t("{count} of {of} results carry a reason ({share}).", count=first.count, of=first.of, share=percent(first.value))
        if section.code == "completeness":
            least = min(section.lines, key=lambda line: line.share.count)
            words = {"name": self.label(section.code, least.code), "count": least.share.count, "of": first.of}
            return self.t("Least known: {name}, {count} of {of} ({share}).", share=percent(least.share.value), **words)
        top = max(section.lines, key=lambda line: line.share.count)
        name, share = self.label(section.code, top.code), top.share
        return self.t("Most: {name}, {count} of {of} ({share}).", name=name, count=share.count, of=share.of, share=percent(share.value))

    def bar(self, section: str, line: Line) -> BarView:
        share = line.share
        interval = "" if share.low is None else self.range(share.low, share.high or 0.0)
        return BarView(
            self.label(section, line.code), str(share.count), share.of, share.value, percent(share.value), share.low, share.high, interval,
            self.change(line.change) if line.change else "",
        )  # fmt: skip

    def range(self, low: float, high: float) -> str:
        return self.t("{low} to {high}", low=percent(low), high=percent(high))

    def change(self, change: Difference) -> str:
        points = [_points(one) for one in (change.value, change.low, change.high)]
        return self.t("{value} points ({low} to {high})", value=points[0], low=points[1], high=points[2])

    def crosses(self, found: Indicators) -> Iterator[CrossView]:
        if found.groups:
            yield self.groups(found.groups)
        if found.rates:
            yield self.rates(found.rates)

    def rates(self, table: GroupRates) -> CrossView:
        words = {"roster": self.t("On the roster"), "people": self.t("People assessed")}
        by = self.t(BY[table.by])
        headings = (by, *(words.get(code) or self.t(LINE[code]) for code in table.columns))
        rows = [(self.group(table.by, name), *map(str, row)) for name, row in zip(table.groups, table.counts, strict=True)]
        sums = (self.t("All"), *(str(sum(column)) for column in zip(*table.counts, strict=True)))
        definition = self.t("People of each group; plans, reasons and certainty as defined above.")
        return CrossView("rates", self.t("Other numbers by {group}", group=by), definition, headings, (*rows, sums))

    def groups(self, table: GroupTable) -> CrossView:
        headings = (self.t(BY[table.by]), *(self.label("main_type", code) for code in table.columns), self.t("All"))
        rows = [(self.group(table.by, name), *map(str, row), str(sum(row))) for name, row in zip(table.groups, table.counts, strict=True)]
        sums = [sum(column) for column in zip(*table.counts, strict=True)]
        return CrossView(
            "groups", self.t("Main type by {group}", group=self.t(BY[table.by])), self.t(DEFINITION["main_type"]), headings,
            (*rows, (self.t("All"), *map(str, sums), str(sum(sums)))),
        )  # fmt: skip

    def group(self, by: str, name: str) -> str:
        if by in ("sex", "age"):
            return self.t(GROUP[name])
        return name or self.t("not given")

    def notes(self, found: Indicators) -> tuple[str, ...]:
        say = [
            self.t("Each person is counted once, with the last assessment of the period."),
            self.t("Ranges are 95% intervals (Wilson): how far the share could lie from the one shown by chance alone."),
        ]
        if 0 < found.people < FEW:
            say.append(self.t("Fewer than {few} people were assessed: shares say little.", few=FEW))
        if len(found.instruments) > 1:
            say.append(self.t("Different forms were used; their verdicts are counted together though their questions differ."))
        if found.compare:
            say.append(self.t("Changes are in percentage points with 95% intervals (Newcombe)."))
            say.append(self.t("They say that shares differ, not why: other people may have come."))
        return tuple(say)
