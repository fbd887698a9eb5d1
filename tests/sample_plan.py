"""A small knowledge base and plans made by hand, in real records: what the tests of views and documents stand on.

The instruments and the points are the shipped ones; advice, season and safety are a few plain entries, so that a test knows every word.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from knowledge_base import KnowledgeBase, load_instrument
from knowledge_base.loader import DATA
from knowledge_base.model import (
    Advice, Complaint, Constitution, ConstitutionEntry, Domain, Food, Movement, Point, Preference, RedFlag, SafetyRule, Season, SeasonEntry,
    SeasonNeed, SolarTerm, Source,
)
from knowledge_base.traditional import to_traditional
from tcm_engine.model import (
    CONSTITUTIONS, Assessment, Caution, Coded, Day, Excluded, FoodNote, Plan, PlanItem, Reason, ScaleResult, TermPeriod, Triage, TriageFlag,
    Uses, fingerprint_of,
)

ON = date(2026, 11, 23)
SHANGHAI = ZoneInfo("Asia/Shanghai")
TERMS = "lichun yushui jingzhe chunfen qingming guyu lixia xiaoman mangzhong xiazhi xiaoshu dashu liqiu chushu bailu qiufen hanlu shuangjiang lidong xiaoxue daxue dongzhi xiaohan dahan".split()
_TERM_NAMES = "立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至 小寒 大寒".split()
_NAMES = (("平和", "Balanced"), ("气虚", "Qi-deficient"), ("阳虚", "Yang-deficient"), ("阴虚", "Yin-deficient"), ("痰湿", "Phlegm-damp"),
          ("湿热", "Damp-hot"), ("血瘀", "Blood-stasis"), ("气郁", "Qi-stagnant"), ("特禀", "Sensitive"))


def text(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en, "hant": to_traditional(zh)}


def evidence(grade: str = "national_standard", source: str = "gbt", status: str = "verified", locator: str = "附录A") -> dict[str, Any]:
    decision = "Because nobody else decides it." if grade == "project_decision" else ""
    return {"cites": [{"source": source, "locator": locator}], "grade": grade, "review": {"status": status, "on": ON}, "decision": decision}


def _sources() -> dict[str, Source]:
    rows = {
        "gbt": ("中医体质分类与判定", "Classification of constitution", "国家标准化管理委员会", 2025, "GB/T 46939-2025", "national_standard", "copy"),
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
    for index, (code, (zh, en)) in enumerate(zip(CONSTITUTIONS, _NAMES)):
        made[code] = ConstitutionEntry(
            code=code, letter="ABCDEFGHI"[index], name=text(f"{zh}质", f"{en} type"), short=text(zh, en), pinyin=code,
            in_a_sentence=text("容易累，说话没力气，一动就出汗，常常感冒。", "You tire easily, speak softly, sweat at little effort and catch colds often."),
            meaning=(
                {**text("常见的样子是容易疲乏、气短、不爱说话，活动稍多就出汗。", "It often shows as tiredness, short breath and sweating at little effort.")},
                {**text("熬夜、过度节食和突然的剧烈运动往往使它更明显。", "Short nights, strict dieting and sudden hard exercise tend to make it more marked.")},
                {**text("计划的目标是吃得规律、动得温和、睡得够。", "The plan aims at regular meals, gentle movement and enough sleep.")},
            ),
            aim=text("少耗气，慢慢补回来", "Spend less, recover slowly"), **evidence(),
        )
    return made


_PIECES = (
    ("diet", "regular_meals", "三餐定时，每餐七分饱", "Three meals at fixed hours", "07:00、12:00、18:00前后各吃一餐，每餐吃到七分饱就停。", "Eat at about 7, 12 and 18; stop at seven tenths full.", "每餐主食约1碗（干重75克）", "1 bowl of staple food (75 g dry)", "每天3次", "3 times a day", "guide", "government_guideline"),
    ("diet", "warm_breakfast", "早饭吃热的", "Have a warm breakfast", "早饭选热粥、热面或热豆浆，不吃刚从冰箱拿出来的东西。", "Choose warm porridge, noodles or soy milk; nothing straight from the fridge.", "1碗，约300毫升", "1 bowl, about 300 ml", "每天1次", "once a day", "gbt", "national_standard"),
    ("diet", "less_raw", "少吃生冷", "Less raw and cold food", "水果放到室温再吃，凉菜换成温拌。", "Let fruit come to room temperature; dress salads warm.", "生冷每天不超过1小碟（100克）", "at most 1 small plate (100 g) a day", "每天", "daily", "classic", "classic"),
    ("daily_living", "sleep_2230", "晚上十点半前上床", "In bed by half past ten", "22:30前关灯，06:30前后起床，午睡不超过30分钟。", "Lights out by 22:30, up at about 6:30; nap at most 30 minutes.", "夜间睡7至8小时", "7 to 8 hours a night", "每天1次", "every night", "gbt", "national_standard"),
    ("daily_living", "rest_breaks", "每坐一小时起身走走", "Get up every hour", "坐满50分钟就站起来，倒杯温水，走动几步。", "After 50 minutes stand up, fetch warm water and walk a little.", "每次5至10分钟", "5 to 10 minutes each", "每天6次", "6 times a day", "ours", "project_decision"),
    ("movement", "baduanjin", "练一套八段锦", "Do one round of Baduanjin", "跟着图练八段锦，动作放慢，呼吸自然，不憋气。", "Follow the drawings, slowly, breathing naturally.", "1套，约12分钟", "1 round, about 12 minutes", "每周5次", "5 times a week", "gbt", "national_standard"),
    ("movement", "walk", "饭后慢走", "Walk slowly after a meal", "饭后半小时出门慢走，能说话、微微出汗就好。", "Half an hour after a meal, at a pace at which you can talk.", "20至30分钟", "20 to 30 minutes", "每天1次", "once a day", "guide", "government_guideline"),
    ("acupoint", "st36", "按揉足三里", "Press Zusanli", "坐着，用拇指按揉小腿外侧的足三里，有酸胀感就够。", "Sitting, press the point with the thumb until it feels sore and full.", "每侧2分钟", "2 minutes a side", "每天1次", "once a day", "gbt", "national_standard"),
    ("acupoint", "cv4", "掌心温揉关元", "Warm Guanyuan with the palm", "睡前把掌心搓热，放在脐下四横指处轻揉。", "Before bed rub the palms warm and stroke four fingers below the navel.", "约3分钟", "about 3 minutes", "每天1次", "once a day", "classic", "classic"),
    ("emotion", "one_good_thing", "睡前写下一件顺心的事", "Write down one good thing", "睡前在纸上写一件今天顺心的小事，一两句话就够。", "Before bed write down one small good thing of the day.", "1至2句", "1 or 2 sentences", "每天1次", "once a day", "ours", "project_decision"),
    ("clothing", "warm_back", "护住后背和肚脐", "Keep back and navel warm", "出门加一件背心，睡觉盖住肚脐，出汗后及时换干衣。", "Add a vest outdoors, cover the navel at night, change after sweating.", "背心1件", "1 vest", "每天", "daily", "classic", "classic"),
    ("dwelling", "air", "每天开窗通风", "Air the rooms daily", "上午10点前后开窗，人离开风口，冬天可以分两次。", "Open the windows at about 10; keep out of the draught.", "每次15至20分钟", "15 to 20 minutes", "每天2次", "twice a day", "guide", "government_guideline"),
    ("tea_medicated_food", "yam_porridge", "山药小米粥", "Yam and millet porridge", "早饭煮一碗山药小米粥，趁温吃。", "Cook a bowl of yam and millet porridge for breakfast.", "1碗，约300毫升", "1 bowl, about 300 ml", "每周3次", "3 times a week", "guide", "government_guideline"),
)


def _recipe() -> dict[str, Any]:
    return {"servings": 1, "ingredients": [
        {"food": "shanyao", "grams": 50, "household": text("约1小段，拇指长", "a piece as long as a thumb")},
        {"food": "xiaomi", "grams": 40, "household": text("约3汤匙", "about 3 tablespoons")},
    ], "steps": [text("山药去皮切丁，小米淘净。", "Peel and dice the yam, rinse the millet."), text("加水500毫升，大火烧开后小火煮30分钟。", "Add 500 ml of water, boil, then simmer for 30 minutes.")]}


def _advice() -> dict[str, Advice]:
    made = {}
    for domain, name, zh, en, what_zh, what_en, amount_zh, amount_en, often_zh, often_en, source, grade in _PIECES:
        uses = {"acupoint.st36": {"points": ["ST36"]}, "acupoint.cv4": {"points": ["CV4"]}, "movement.baduanjin": {"movements": ["baduanjin_1", "baduanjin_2"]},
                "movement.walk": {"movements": ["walk"]}, "tea_medicated_food.yam_porridge": {"foods": ["shanyao", "xiaomi"]}}.get(f"{domain}.{name}", {})
        made[f"{domain}.{name}"] = Advice(
            id=f"{domain}.{name}", domain=domain, title=text(zh, en), what=text(what_zh, what_en), amount=text(amount_zh, amount_en),
            frequency=text(often_zh, often_en), duration=text("先做4周", "4 weeks to begin with"),
            stop=text("觉得更累、胸闷或头晕就停", "stop when more tired, tight-chested or dizzy"),
            why=text("传统认为这样少耗气，也容易坚持。", "Tradition holds that this spares strength, and it is easy to keep up."),
            times_per_week=7, moment="morning" if domain == "diet" else "bedtime" if domain in ("emotion", "acupoint") else "any",
            benefit={"qi_deficiency": 3, "yang_deficiency": 2}, uses=uses, recipe=_recipe() if name == "yam_porridge" else None,
            cautions=(text("血糖高的人减半。", "Halve it with high blood sugar."),) if name == "yam_porridge" else (),
            **evidence(grade, source, "unreviewed" if grade == "classic" else "verified", "第3章"),
        )
    return made


def _foods() -> dict[str, Food]:
    rows = {"shanyao": ("山药", "Chinese yam", "food_medicine", "neutral"), "xiaomi": ("小米", "Millet", "ordinary", "cool"), "xigua": ("西瓜", "Watermelon", "ordinary", "cold")}
    return {c: Food(code=c, name=text(zh, en), kind=kind, nature=nature, flavours=("sweet",), purine="low", sugar="medium", **evidence("government_guideline", "guide"))
            for c, (zh, en, kind, nature) in rows.items()}


def _movements() -> dict[str, Movement]:
    rows = {"baduanjin_1": ("双手托天理三焦", "Two hands hold up the sky", "baduanjin"), "baduanjin_2": ("左右开弓似射雕", "Drawing the bow", "baduanjin"), "walk": ("慢走", "Slow walk", "walking")}
    return {c: Movement(code=c, name=text(zh, en), family=family, intensity="light", minutes=6, figure=c if c != "walk" else "walking", steps=(
        text("两脚与肩同宽站稳，膝盖放松，两手在腹前交叉。", "Stand with the feet at shoulder width, knees loose, hands crossed before the belly."),
        text("吸气，翻掌向上托过头顶，停2秒。", "Breathe in, turn the palms up and lift them above the head, hold 2 seconds."),
        text("呼气，两臂从两侧慢慢落下。做6遍。", "Breathe out and lower the arms to the sides. Repeat 6 times.")), **evidence()) for c, (zh, en, family) in rows.items()}


def _terms() -> dict[str, SolarTerm]:
    seasons = ["spring"] * 6 + ["summer"] * 6 + ["autumn"] * 6 + ["winter"] * 6
    return {code: SolarTerm(
        code=code, order=n + 1, longitude=(315 + 15 * n) % 360, name=text(zh, code.capitalize()), season=seasons[n],
        theme=text("早睡晚起，护住腰脚", "Sleep early, keep warm"),
        changes=[{"domain": "daily_living", "text": text("晚上泡脚15分钟，水温40℃左右。", "Bathe the feet for 15 minutes at about 40 degrees."), **evidence("classic", "classic", "unreviewed")}],
        **evidence("classic", "classic", "unreviewed")) for n, (code, zh) in enumerate(zip(TERMS, _TERM_NAMES))}


def _flags() -> dict[str, RedFlag]:
    rows = (("chest_pain", "胸痛或胸口压榨感超过15分钟", "Chest pain or pressure for more than 15 minutes", "emergency", "立即拨打120，坐下不走动。", "Call 120 at once, sit still.", ()),
            ("weight_loss", "三个月里没有节食而体重减少5%以上", "Losing more than 5 % of weight in three months without dieting", "within_2_weeks", "2周内到内科就诊。", "See an internist within 2 weeks.", ()),
            ("black_stool", "大便像柏油一样黑", "Stools as black as tar", "emergency", "立即去急诊。", "Go to an emergency department at once.", ("constipation",)),
            ("fainting", "突然晕倒过", "Fainting", "within_24h", "24小时内到医院就诊。", "See a doctor within 24 hours.", ()))
    return {c: RedFlag(code=c, sign=text(zh, en), urgency=u, action=text(azh, aen), complaints=cs, **evidence("government_guideline", "guide")) for c, zh, en, u, azh, aen, cs in rows}


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
    season_text = text("天冷了，早点睡，等太阳出来再出门，手脚和腰背要暖。", "It is cold: sleep early, go out when the sun is up, keep hands, feet and back warm.")
    return KnowledgeBase(
        sources=frozen(sources), constitutions=frozen(_constitutions()), conditions=empty, medicines=empty, allergens=empty,
        preferences=frozen({"vegetarian": Preference(code="vegetarian", name=text("素食", "Vegetarian"), **evidence("project_decision", "ours"))}),
        tags=empty, foods=frozen(_foods()), points=frozen(points), movements=frozen(_movements()), techniques=empty, zones=empty,
        seasons=frozen({s.value: SeasonEntry(code=s, name=text(*n), principle=season_text, **evidence("classic", "classic", "unreviewed"))
                        for s, n in zip(Season, (("春季", "Spring"), ("夏季", "Summer"), ("秋季", "Autumn"), ("冬季", "Winter")))}),
        solar_terms=frozen(_terms()),
        season_needs=frozen({f"{c}.{s}": SeasonNeed(constitution=c, season=s, text=text("冬天比别人更怕风寒，运动放在日出以后。", "In winter wind and cold tell more; move after sunrise."), **evidence("classic", "classic"))
                             for c in Constitution for s in Season}),
        complaints=frozen({"constipation": Complaint(code="constipation", name=text("便秘", "Constipation"), in_plain_words=text("三天以上才排一次便，或者干硬费力。", "Stools every three days or less often, or hard."),
                           expect=text("两周左右排便会规律一些。", "After about two weeks the rhythm is steadier."), works_if=text("每周排便3次以上，不再费力。", "Three times a week or more, without straining."), **evidence())}),
        red_flags=frozen(_flags()),
        safety=frozen({"alcohol.limit": SafetyRule(id="alcohol.limit", when={"any": ["condition:hypertension"]}, features=["tag:alcohol"], level="block", text=text("血压高，不要喝酒。", "With high blood pressure do not drink alcohol."), **evidence("government_guideline", "guide")),
                       "salt.limit": SafetyRule(id="salt.limit", when={"any": ["condition:hypertension"]}, features=["tag:salt"], level="limit", text=text("盐每天不超过5克（约1啤酒瓶盖）。", "At most 5 g of salt a day (about one bottle cap)."), **evidence("government_guideline", "guide"))}),
        regulated=empty, instruments=frozen(instruments), advice=frozen(_advice()), digest="0" * 64,
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


SCORES = (52.0, 58.0, 46.0, 21.0, 33.0, 17.0, 25.0, 38.0, 12.0)
VERDICTS = ("no", "yes", "yes", "no", "tendency", "no", "no", "tendency", "no")


def assessment(instrument: str = "gbt_46939_2025", scores=SCORES, verdicts=VERDICTS, **changes: Any) -> Assessment:
    form = load_instrument(instrument)
    results = tuple(
        ScaleResult(code, 12, 4, score, verdict, None if verdict == "undetermined" else 2, 8.0,
                    None if score is None else (max(score - 11.3, 0.0), min(score + 11.3, 100.0)), None if verdict == "undetermined" else 0.2)
        for code, score, verdict in zip(CONSTITUTIONS, scores, verdicts)
    )
    made = Assessment(
        instrument=instrument, edition=form.edition, answers={item.key: 4 for item in form.items if item.sex != "male"}, sex="female", assessed_on=ON,
        scores=results, primary="qi_deficiency", accompanying=("yang_deficiency",), tendencies=("qi_stagnation", "phlegm_dampness"),
        conclusion=Coded("combined", {"constitutions": ("qi_deficiency", "yang_deficiency"), "tendencies": ("qi_stagnation", "phlegm_dampness"), "undetermined": ()}), review_reasons=(), engine_version="0.1.0", knowledge_version="0" * 64,
    )
    return replace(made, **changes)


def items() -> tuple[PlanItem, ...]:
    order = list(Domain)
    pieces = sorted(knowledge().advice.values(), key=lambda a: order.index(a.domain))
    return tuple(PlanItem(a.id, str(a.domain), 80, (Reason("benefit", "qi_deficiency", 60, 3), Reason("season", "winter", 10, 2)),
                          Uses(a.foods(), a.uses.points, a.uses.movements, a.uses.techniques),
                          (Caution("salt.limit", "limit", False),) if a.id == "diet.regular_meals" else ()) for a in pieces)


def calendar() -> tuple[TermPeriod, ...]:
    starts = [date(2026, 11, 22), date(2026, 12, 7), date(2026, 12, 22), date(2027, 1, 5), date(2027, 1, 20), date(2027, 2, 4), date(2027, 2, 19), date(2027, 3, 5)]
    codes = TERMS[19:] + TERMS[:2]
    moments = [datetime(d.year, d.month, d.day, 10, tzinfo=SHANGHAI) for d in starts]
    chosen = ("clothing.warm_back", "tea_medicated_food.yam_porridge")
    return tuple(TermPeriod(c, knowledge().solar_terms[c].season, a, b, chosen if c == "xiaoxue" else ()) for c, a, b in zip(codes, moments, moments[1:]))


def plan(**changes: Any) -> Plan:
    chosen = items()
    week = tuple(Day(ON + timedelta(days=n), ("diet.regular_meals", "daily_living.sleep_2230", "movement.walk", *(("acupoint.st36",) if n % 2 else ("movement.baduanjin",)))) for n in range(7))
    content = dict(
        assessment=assessment(), on=ON, moment=datetime(2026, 11, 23, 12, tzinfo=SHANGHAI), term="xiaoxue", season="winter", hemisphere="north", zone=None,
        triage=Triage((), tuple(knowledge().red_flags), "nothing", ()), items=chosen,
        excluded=(Excluded("diet.less_raw", "diet", 70, "veto.yang_deficiency", True), Excluded("tea_medicated_food.yam_porridge", "tea_medicated_food", 60, "alcohol.limit", False)),
        avoid=(Caution("alcohol.limit", "block", True), Caution("salt.limit", "limit", True)),
        foods_to_choose=(FoodNote("shanyao", "qi_deficiency", 2), FoodNote("xiaomi", "qi_deficiency", 1)), foods_to_avoid=(FoodNote("xigua", "yang_deficiency", -3),),
        first_week=week, this_week=("diet.regular_meals", "daily_living.sleep_2230", "acupoint.st36"), calendar=calendar(),
        next_assessments=(date(2027, 2, 23), date(2027, 5, 23)), unknowns=("pregnant", "medicines"), complaints=("constipation",), review_reasons=(),
        engine_version="0.1.0", knowledge_version="0" * 64,
    ) | changes
    return Plan(**content, fingerprint=fingerprint_of(content))


def emergency() -> Plan:
    flag = TriageFlag("chest_pain", "emergency", ())
    return plan(triage=Triage((flag,), ("fainting",), "everything", ("constipation",)), items=(), excluded=(), first_week=(), this_week=(), calendar=(),
                foods_to_choose=(), foods_to_avoid=(), complaints=(), review_reasons=(Coded("red_flag", {"urgency": "emergency", "count": 1}),))


def undetermined() -> Plan:
    result = assessment(scores=(58.0, 12.0, 8.0, 29.0, 10.0, None, 25.0, 27.0, 0.0), verdicts=("no",) * 5 + ("undetermined",) + ("no",) * 3,
                        primary=None, accompanying=(), tendencies=(), conclusion=Coded("undetermined", {"constitutions": (), "tendencies": (), "undetermined": ("damp_heat",)}), sex=None, review_reasons=(Coded("nothing_applies"), Coded("sex_missing")))
    return plan(assessment=result, review_reasons=result.review_reasons)
