"""Pieces of a plan in words: what to do, how, why, with which cautions, resting on what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge_base.model import Advice, Movement, Point, Recipe, Text
from tcm_engine.model import FoodNote, PlanItem, Reason

from . import format, words
from .item_view import (
    CautionView,
    IngredientView,
    ItemView,
    MovementView,
    PointView,
    ReasonView,
    RecipeView,
    Spot,
    UsesView,
)
from .plan_view import FoodView
from .present_safety import caution_view
from .telling import Telling


def present_item(item: PlanItem, tell: Telling) -> ItemView:
    advice: Advice = tell.knowledge.advice[item.id]
    reasons = tuple(_reason(r, tell) for r in sorted(item.reasons, key=lambda r: -r.value))
    return ItemView(
        id=item.id,
        domain=item.domain,
        title=tell.say(advice.title),
        what=tell.say(advice.what),
        how=tell.all(advice.how),
        amount=tell.say(advice.amount),
        frequency=tell.say(advice.frequency),
        duration=tell.say(advice.duration),
        stop=tell.say(advice.stop),
        why=tell.say(advice.why),
        reasons=reasons,
        chosen_because=format.joined([r.text for r in reasons[:3]], tell.lang),
        cautions=tuple(caution_view(c, tell) for c in item.cautions) + own_cautions(advice.cautions, tell),
        recipe=_recipe(advice.recipe, tell) if advice.recipe else None,
        points=tuple(present_point(tell.knowledge.points[code], tell) for code in item.uses.points),
        movements=tuple(present_movement(tell.knowledge.movements[code], tell) for code in item.uses.movements),
        uses=UsesView(
            foods=tuple(tell.knowledge.foods[code].name.zh for code in item.uses.foods),
            points=item.uses.points,
            movements=item.uses.movements,
            techniques=item.uses.techniques,
        ),
        evidence=tell.cite(advice),
    )


def own_cautions(texts: tuple[Text, ...], tell: Telling) -> tuple[CautionView, ...]:
    """Cautions that belong to a piece, a point or a movement itself, whoever reads them."""
    return tuple(CautionView(level="", level_word="", text=tell.say(text), unsure="") for text in texts)


def present_point(point: Point, tell: Telling) -> PointView:
    name = tell.say(point.name)
    return PointView(
        code=point.code,
        name=name,
        pinyin=point.pinyin,
        meridian=tell.say(point.meridian),
        location=tell.say(point.location),
        find_it=tell.say(point.find_it),
        method=tell.say(point.method),
        minutes=minutes(point.minutes, tell),
        spots=tuple(Spot(s.chart, s.x, s.y) for s in point.spots),
        cautions=own_cautions(point.cautions, tell),
        figure_text=tell.t("Drawing: where {name} lies. {location}", name=name, location=tell.say(point.location)),
        evidence=tell.cite(point),
    )


def present_movement(movement: Movement, tell: Telling) -> MovementView:
    name = tell.say(movement.name)
    return MovementView(
        code=movement.code,
        name=name,
        steps=tell.all(movement.steps),
        minutes=minutes(movement.minutes, tell),
        figure=movement.figure,
        figure_text=tell.t("Line drawing of the movement: {name}. The steps beside it say what to do.", name=name),
        cautions=own_cautions(movement.cautions, tell),
        evidence=tell.cite(movement),
    )


def minutes(value: float, tell: Telling) -> str:
    if value < 1:
        return tell.t("{n} seconds", n=format.number(value * 60, 0))
    return tell.t("1 minute") if value == 1 else tell.t("{n} minutes", n=format.number(value))


def food_view(note: FoodNote, tell: Telling) -> FoodView:
    food = tell.knowledge.foods[note.code]
    type_name = tell.say(tell.knowledge.constitutions[note.constitution].name)
    text = tell.t("suits {subject}" if note.level > 0 else "little of it with {subject}", subject=type_name)
    limit = tell.t("at most {n} g a day", n=format.number(food.daily_limit_g)) if food.daily_limit_g and note.level > 0 else ""
    return FoodView(note.code, tell.say(food.name), format.joined((text, limit), tell.lang), tell.cite(food))


def _recipe(recipe: Recipe, tell: Telling) -> RecipeView:
    return RecipeView(
        servings=tell.t("for 1 person") if recipe.servings == 1 else tell.t("for {n} people", n=recipe.servings),
        ingredients=tuple(
            IngredientView(tell.say(tell.knowledge.foods[i.food].name), tell.t("{n} g", n=format.number(i.grams)), tell.say(i.household))
            for i in recipe.ingredients
        ),
        steps=tell.all(recipe.steps),
    )


def _reason(reason: Reason, tell: Telling) -> ReasonView:
    code = f"benefit:{reason.level}" if reason.code == "benefit" and reason.level > 0 else reason.code
    if reason.level < 0 or reason.value < 0:
        code = "against"
    return ReasonView(reason.code, reason.subject, tell.coded(words.REASON, code, subject=_subject(reason, tell)), reason.value)


def _subject(reason: Reason, tell: Telling) -> str:
    """The name of what a reason speaks about; the code itself where no register has it."""
    kb, subject = tell.knowledge, reason.subject
    if reason.code == "pattern":
        named = next((p for c in kb.complaints.values() for p in c.patterns if p.code == subject), None)
        return tell.say(named.name) if named else subject
    registers: dict[str, Mapping[str, Any]] = {
        "benefit": kb.constitutions,
        "complaint": kb.complaints,
        "season": kb.seasons,
        "solar_term": kb.solar_terms,
        "preference": kb.preferences,
        "zone": kb.zones,
    }
    register = registers.get(reason.code, {})
    return tell.say(register[subject].name) if subject in register else subject
