"""A small knowledge base in real records: what the tests of views and documents stand on.

The instruments and the points are the shipped ones; advice, season and safety are a few plain entries, so that a test knows every word.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from knowledge_base import KnowledgeBase, load_instrument
from knowledge_base.loader import DATA
from knowledge_base.model import (
    Advice,
    Complaint,
    Constitution,
    ConstitutionEntry,
    Food,
    Movement,
    Point,
    Preference,
    RedFlag,
    SafetyRule,
    Season,
    SeasonEntry,
    SeasonNeed,
    SolarTerm,
    Source,
)
from knowledge_base.traditional import to_traditional
from tcm_engine.model import (
    CONSTITUTIONS,
)
from tests.sample_pieces import NAMES, PIECES, TERM_NAMES, TERMS

ON = date(2026, 11, 23)


def text(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en, "hant": to_traditional(zh)}


def evidence(grade: str = "national_standard", source: str = "gbt", status: str = "verified", locator: str = "附录A") -> dict[str, Any]:
    decision = "Because nobody else decides it." if grade == "project_decision" else ""
    return {"cites": [{"source": source, "locator": locator}], "grade": grade, "review": {"status": status, "on": ON}, "decision": decision}


def _sources() -> dict[str, Source]:
    rows = {
        "gbt": (
            "中医体质分类与判定",
            "Classification of constitution",
            "国家标准化管理委员会",
            2025,
            "GB/T 46939-2025",
            "national_standard",
            "copy",
        ),
        "guide": ("食养指南", "Dietary guide", "国家卫生健康委员会", 2023, "国卫办食品函〔2023〕5号", "government_guideline", "copy"),
        "classic": ("素问·四气调神大论", "Suwen, chapter 2", "", None, "", "classic", "memory"),
        "ours": ("编写者的决定", "The makers' decisions", "TCM Engine", 2026, "", "project_decision", "ours"),
    }
    return {
        code: Source(code=code, title=text(zh, en), issuer=issuer or "佚名", year=year, number=number, kind=kind, seen=seen)
        for code, (zh, en, issuer, year, number, kind, seen) in rows.items()
    }


def _constitutions() -> dict[str, ConstitutionEntry]:
    made = {}
    for index, (code, (zh, en)) in enumerate(zip(CONSTITUTIONS, NAMES, strict=False)):
        made[code] = ConstitutionEntry(
            code=code,
            letter="ABCDEFGHI"[index],
            name=text(f"{zh}质", f"{en} type"),
            short=text(zh, en),
            pinyin=code,
            in_a_sentence=text(
                "容易累，说话没力气，一动就出汗，常常感冒。", "You tire easily, speak softly, sweat at little effort and catch colds often."
            ),
            meaning=(
                {
                    **text(
                        "常见的样子是容易疲乏、气短、不爱说话，活动稍多就出汗。",
                        "It often shows as tiredness, short breath and sweating at little effort.",
                    )
                },
                {
                    **text(
                        "熬夜、过度节食和突然的剧烈运动往往使它更明显。",
                        "Short nights, strict dieting and sudden hard exercise tend to make it more marked.",
                    )
                },
                {**text("计划的目标是吃得规律、动得温和、睡得够。", "The plan aims at regular meals, gentle movement and enough sleep.")},
            ),
            aim=text("少耗气，慢慢补回来", "Spend less, recover slowly"),
            **evidence(),
        )
    return made


def _recipe() -> dict[str, Any]:
    return {
        "servings": 1,
        "ingredients": [
            {"food": "shanyao", "grams": 50, "household": text("约1小段，拇指长", "a piece as long as a thumb")},
            {"food": "xiaomi", "grams": 40, "household": text("约3汤匙", "about 3 tablespoons")},
        ],
        "steps": [
            text("山药去皮切丁，小米淘净。", "Peel and dice the yam, rinse the millet."),
            text("加水500毫升，大火烧开后小火煮30分钟。", "Add 500 ml of water, boil, then simmer for 30 minutes."),
        ],
    }


def _advice() -> dict[str, Advice]:
    made = {}
    for domain, name, zh, en, what_zh, what_en, amount_zh, amount_en, often_zh, often_en, source, grade in PIECES:
        uses = {
            "acupoint.st36": {"points": ["ST36"]},
            "acupoint.cv4": {"points": ["CV4"]},
            "movement.baduanjin": {"movements": ["baduanjin_1", "baduanjin_2"]},
            "movement.walk": {"movements": ["walk"]},
            "tea_medicated_food.yam_porridge": {"foods": ["shanyao", "xiaomi"]},
        }.get(f"{domain}.{name}", {})
        made[f"{domain}.{name}"] = Advice(
            id=f"{domain}.{name}",
            domain=domain,
            title=text(zh, en),
            what=text(what_zh, what_en),
            amount=text(amount_zh, amount_en),
            frequency=text(often_zh, often_en),
            duration=text("先做4周", "4 weeks to begin with"),
            stop=text("觉得更累、胸闷或头晕就停", "stop when more tired, tight-chested or dizzy"),
            why=text("传统认为这样少耗气，也容易坚持。", "Tradition holds that this spares strength, and it is easy to keep up."),
            times_per_week=7,
            moment="morning" if domain == "diet" else "bedtime" if domain in ("emotion", "acupoint") else "any",
            benefit={"qi_deficiency": 3, "yang_deficiency": 2},
            uses=uses,
            recipe=_recipe() if name == "yam_porridge" else None,
            cautions=(text("血糖高的人减半。", "Halve it with high blood sugar."),) if name == "yam_porridge" else (),
            **evidence(grade, source, "unreviewed" if grade == "classic" else "verified", "第3章"),
        )
    return made


def _foods() -> dict[str, Food]:
    rows = {
        "shanyao": ("山药", "Chinese yam", "food_medicine", "neutral"),
        "xiaomi": ("小米", "Millet", "ordinary", "cool"),
        "xigua": ("西瓜", "Watermelon", "ordinary", "cold"),
    }
    return {
        c: Food(
            code=c,
            name=text(zh, en),
            kind=kind,
            nature=nature,
            flavours=("sweet",),
            purine="low",
            sugar="medium",
            **evidence("government_guideline", "guide"),
        )
        for c, (zh, en, kind, nature) in rows.items()
    }


def _movements() -> dict[str, Movement]:
    rows = {
        "baduanjin_1": ("双手托天理三焦", "Two hands hold up the sky", "baduanjin"),
        "baduanjin_2": ("左右开弓似射雕", "Drawing the bow", "baduanjin"),
        "walk": ("慢走", "Slow walk", "walking"),
    }
    return {
        c: Movement(
            code=c,
            name=text(zh, en),
            family=family,
            intensity="light",
            minutes=6,
            figure=c if c != "walk" else "walking",
            steps=(
                text(
                    "两脚与肩同宽站稳，膝盖放松，两手在腹前交叉。",
                    "Stand with the feet at shoulder width, knees loose, hands crossed before the belly.",
                ),
                text("吸气，翻掌向上托过头顶，停2秒。", "Breathe in, turn the palms up and lift them above the head, hold 2 seconds."),
                text("呼气，两臂从两侧慢慢落下。做6遍。", "Breathe out and lower the arms to the sides. Repeat 6 times."),
            ),
            **evidence(),
        )
        for c, (zh, en, family) in rows.items()
    }


def _terms() -> dict[str, SolarTerm]:
    seasons = ["spring"] * 6 + ["summer"] * 6 + ["autumn"] * 6 + ["winter"] * 6
    return {
        code: SolarTerm(
            code=code,
            order=n + 1,
            longitude=(315 + 15 * n) % 360,
            name=text(zh, code.capitalize()),
            season=seasons[n],
            theme=text("早睡晚起，护住腰脚", "Sleep early, keep warm"),
            changes=[
                {
                    "domain": "daily_living",
                    "text": text("晚上泡脚15分钟，水温40℃左右。", "Bathe the feet for 15 minutes at about 40 degrees."),
                    **evidence("classic", "classic", "unreviewed"),
                }
            ],
            **evidence("classic", "classic", "unreviewed"),
        )
        for n, (code, zh) in enumerate(zip(TERMS, TERM_NAMES, strict=False))
    }


def _flags() -> dict[str, RedFlag]:
    rows = (
        (
            "chest_pain",
            "胸痛或胸口压榨感超过15分钟",
            "Chest pain or pressure for more than 15 minutes",
            "emergency",
            "立即拨打120，坐下不走动。",
            "Call 120 at once, sit still.",
            (),
        ),
        (
            "weight_loss",
            "三个月里没有节食而体重减少5%以上",
            "Losing more than 5 % of weight in three months without dieting",
            "within_2_weeks",
            "2周内到内科就诊。",
            "See an internist within 2 weeks.",
            (),
        ),
        (
            "black_stool",
            "大便像柏油一样黑",
            "Stools as black as tar",
            "emergency",
            "立即去急诊。",
            "Go to an emergency department at once.",
            ("constipation",),
        ),
        ("fainting", "突然晕倒过", "Fainting", "within_24h", "24小时内到医院就诊。", "See a doctor within 24 hours.", ()),
    )
    return {
        c: RedFlag(code=c, sign=text(zh, en), urgency=u, action=text(azh, aen), complaints=cs, **evidence("government_guideline", "guide"))
        for c, zh, en, u, azh, aen, cs in rows
    }


@cache
def knowledge() -> KnowledgeBase:
    def frozen(entries):
        return MappingProxyType(dict(entries))

    empty = frozen({})
    points = _read_points(("ST36", "CV4", "LI4"))
    sources = {**_sources(), **{c.source: _source_named(c.source) for p in points.values() for c in p.cites}}
    instruments = {code: load_instrument(code) for code in ("gbt_46939_2025", "zyyxh_t157_2009", "elderly_33")}
    for instrument in instruments.values():
        for statement in (instrument.rule, *instrument.reliability, instrument):
            sources.update({c.source: _source_named(c.source) for c in statement.cites})
    season_text = text(
        "天冷了，早点睡，等太阳出来再出门，手脚和腰背要暖。",
        "It is cold: sleep early, go out when the sun is up, keep hands, feet and back warm.",
    )
    return KnowledgeBase(
        sources=frozen(sources),
        constitutions=frozen(_constitutions()),
        conditions=empty,
        medicines=empty,
        allergens=empty,
        preferences=frozen(
            {"vegetarian": Preference(code="vegetarian", name=text("素食", "Vegetarian"), **evidence("project_decision", "ours"))}
        ),
        tags=empty,
        foods=frozen(_foods()),
        points=frozen(points),
        movements=frozen(_movements()),
        techniques=empty,
        zones=empty,
        seasons=frozen(
            {
                s.value: SeasonEntry(code=s, name=text(*n), principle=season_text, **evidence("classic", "classic", "unreviewed"))
                for s, n in zip(Season, (("春季", "Spring"), ("夏季", "Summer"), ("秋季", "Autumn"), ("冬季", "Winter")), strict=False)
            }
        ),
        solar_terms=frozen(_terms()),
        season_needs=frozen(
            {
                f"{c}.{s}": SeasonNeed(
                    constitution=c,
                    season=s,
                    text=text("冬天比别人更怕风寒，运动放在日出以后。", "In winter wind and cold tell more; move after sunrise."),
                    **evidence("classic", "classic"),
                )
                for c in Constitution
                for s in Season
            }
        ),
        complaints=frozen(
            {
                "constipation": Complaint(
                    code="constipation",
                    name=text("便秘", "Constipation"),
                    in_plain_words=text("三天以上才排一次便，或者干硬费力。", "Stools every three days or less often, or hard."),
                    expect=text("两周左右排便会规律一些。", "After about two weeks the rhythm is steadier."),
                    works_if=text("每周排便3次以上，不再费力。", "Three times a week or more, without straining."),
                    **evidence(),
                )
            }
        ),
        red_flags=frozen(_flags()),
        safety=frozen(
            {
                "alcohol.limit": SafetyRule(
                    id="alcohol.limit",
                    when={"any": ["condition:hypertension"]},
                    features=["tag:alcohol"],
                    level="block",
                    text=text("血压高，不要喝酒。", "With high blood pressure do not drink alcohol."),
                    **evidence("government_guideline", "guide"),
                ),
                "salt.limit": SafetyRule(
                    id="salt.limit",
                    when={"any": ["condition:hypertension"]},
                    features=["tag:salt"],
                    level="limit",
                    text=text("盐每天不超过5克（约1啤酒瓶盖）。", "At most 5 g of salt a day (about one bottle cap)."),
                    **evidence("government_guideline", "guide"),
                ),
            }
        ),
        regulated=empty,
        instruments=frozen(instruments),
        advice=frozen(_advice()),
        digest="0" * 64,
    )


def _read_points(codes: tuple[str, ...]) -> dict[str, Point]:
    from knowledge_base.loader import read_yaml
    from knowledge_base.traditional import fill

    return {code: Point.model_validate(fill(read_yaml(DATA / "points" / f"{code}.yaml"))) for code in codes}


def _source_named(code: str) -> Source:
    from knowledge_base.loader import read_yaml
    from knowledge_base.traditional import fill

    file = DATA / "sources" / f"{code}.yaml"
    return Source.model_validate(fill(read_yaml(file))) if file.exists() else _sources()["ours"].model_copy(update={"code": code})
