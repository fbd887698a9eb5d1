"""What the safety core must do, as cases that a pharmacist can read: who, what, how strictly."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations

import pytest

from knowledge_base import KnowledgeBase, load
from knowledge_base.model import Advice, Constitution, Domain, Season

CASES = """
pregnant                            point:LI4                 block
pregnant                            point:SP6                 block
pregnant                            point:GB21                block
pregnant                            point:CV4                 block
pregnant                            point:BL23                block
trimester:1                         point:ST25                block
trimester:2                         point:CV12                block
pregnant                            technique:moxibustion     block
pregnant                            technique:abdominal_massage block
pregnant                            technique:cupping         block
pregnant                            technique:gua_sha         block
pregnant                            tag:blood_moving          block
pregnant                            tag:laxative              block
pregnant                            tag:alcohol               block
pregnant                            tag:high_mercury          block
pregnant                            tag:animal_liver          block
pregnant                            food:huangqi              block
pregnant                            food:gancao               block
pregnant                            food:yiyiren              block
pregnant                            food:shanzha              block
pregnant                            intensity:vigorous        block
pregnant                            tag:caffeine              limit
lactating                           food:dangshen             block
lactating                           food:maiya                block
lactating                           tag:alcohol               block
age:under_18                        food:baiguo               block
age:under_18                        tag:alcohol               block
age:65_plus                         intensity:vigorous        block
age:65_plus                         tag:head_down             block
age:65_plus                         technique:cupping         block
age:65_plus                         tag:choking_risk          limit
age:80_plus                         technique:moxibustion     block
condition:hypertension              food:gancao               block
condition:hypertension              tag:breath_holding        block
condition:hypertension              tag:high_salt             limit
condition:uncontrolled_hypertension intensity:vigorous        block
condition:heart_disease             intensity:vigorous        block
condition:heart_failure             food:shanzha              block
condition:stroke_history            tag:neck_rotation         block
condition:swallowing_difficulty     tag:choking_risk          block
condition:diabetes                  sugar:high                block
condition:diabetes                  sugar:medium              limit
condition:diabetes                  technique:moxibustion     block
condition:diabetes                  technique:hot_foot_bath   block
condition:neuropathy                technique:hot_foot_bath   block
condition:neuropathy                technique:hot_compress    block
condition:gout                      purine:high               block
condition:gout                      tag:alcohol               block
condition:gout                      purine:medium             limit
condition:g6pd_deficiency           tag:fava                  block
condition:g6pd_deficiency           food:jinyinhua            block
condition:chronic_kidney_disease    food:yangtao              block
condition:chronic_kidney_disease    tag:low_sodium_salt       block
condition:chronic_kidney_disease    tag:high_potassium        limit
condition:liver_disease             food:jianghuang           block
condition:liver_disease             tag:alcohol               block
condition:thyroid_disease           tag:iodine_rich           block
condition:epilepsy                  food:baiguo               block
condition:epilepsy                  tag:breath_holding        block
condition:lung_disease              technique:moxibustion     block
condition:osteoporosis              tag:deep_bend             block
condition:glaucoma_or_retinopathy   tag:head_down             block
condition:bleeding_disorder         technique:gua_sha         block
condition:varicose_or_thrombosis    tag:leg_kneading          block
condition:skin_lesion               technique:hot_foot_bath   block
condition:cancer                    technique:cupping         block
medicine:anticoagulant              tag:blood_moving          block
medicine:anticoagulant              technique:cupping         block
medicine:warfarin                   food:gouqizi              block
medicine:warfarin                   food:nadou                block
medicine:warfarin                   tag:vitamin_k             limit
medicine:antiplatelet               tag:blood_moving          block
medicine:statin                     tag:grapefruit            block
medicine:calcium_channel_blocker    tag:grapefruit            block
medicine:maoi                       tag:tyramine              block
medicine:maoi                       food:dandouchi            block
medicine:digoxin                    food:gancao               block
medicine:digoxin                    food:shanzha              limit
medicine:diuretic                   food:gancao               block
medicine:lithium                    tag:high_salt             limit
medicine:potassium_sparing          tag:low_sodium_salt       block
medicine:hypoglycaemic              tag:fasting               block
medicine:metformin                  tag:alcohol               block
medicine:immunosuppressant          tag:grapefruit            block
medicine:immunosuppressant          tag:raw                   block
medicine:antihypertensive           technique:hot_foot_bath   limit
medicine:sedative                   food:suanzaoren           block
medicine:ticagrelor                 tag:grapefruit            block
medicine:antipsychotic              tag:grapefruit            block
medicine:calcineurin_inhibitor      tag:low_sodium_salt       block
medicine:colchicine                 tag:grapefruit            block
medicine:methotrexate               tag:alcohol               block
medicine:paracetamol                tag:alcohol               block
medicine:isoniazid                  tag:tyramine              block
medicine:isotretinoin               tag:animal_liver          block
medicine:glp1_agonist               tag:fasting               block
medicine:fibrate                    food:hongqu               block
medicine:levodopa                   tag:fava                  block
medicine:glucocorticoid             technique:cupping         block
medicine:endocrine_cancer_medicine  tag:grapefruit            block
medicine:licorice_medicine          tag:iodine_rich           block
medicine:veratrum_medicine          food:xiyangshen           block
medicine:yujin_medicine             food:dingxiang            block
medicine:chishizhi_medicine         food:rougui               block
medicine:blood_moving_medicine      tag:blood_moving          block
medicine:cinnabar_medicine          tag:iodine_rich           block
medicine:beta_agonist               tag:licorice              block
condition:gout_attack               technique:hot_foot_bath   block
condition:unstable_heart            technique:hot_foot_bath   block
condition:dialysis                  tag:high_potassium        limit
condition:heart_failure             recipe:soup               limit
condition:chronic_kidney_disease    recipe:congee             limit
condition:swallowing_difficulty     recipe:soup               limit
condition:cirrhosis                 tag:choking_risk          block
condition:vertebral_fracture        tag:deep_bend             block
condition:sleep_apnoea              food:suanzaoren           block
condition:inflammatory_bowel_disease tag:laxative             block
condition:lymphoedema               technique:gua_sha         block
condition:eating_disorder           tag:fasting               block
pregnant                            movement:belly_rub        block
pregnant                            food:danggui              block
age:under_18                        tag:choking_risk          limit
age:under_18                        tag:caffeine              limit
allergy:pollen                      tag:pollen                block
allergy:pollen                      technique:moxibustion     block
sex:male                            point:ST9                 block
sex:female                          kind:flavouring_only      block
"""
WANTED = [line.split() for line in CASES.strip().splitlines()]
NEVER_BLOCKED = (
    "domain:diet", "domain:movement", "domain:acupoint", "domain:tea_medicated_food", "technique:acupressure", "technique:breathing",
    "intensity:light", "intensity:moderate", "nature:neutral", "nature:warm", "nature:cool", "kind:ordinary", "kind:food_medicine",
    "sugar:low", "sugar:medium", "purine:low", "purine:medium", "animal:plant", "food:dami", "food:xiaomi", "food:shanyao",
)  # fmt: skip
"""A person about whom nothing is known meets every block at once; this much is always left (docs of the knowledge base)."""


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load()


@pytest.fixture(scope="module")
def blocked(knowledge: KnowledgeBase) -> set[str]:
    return {feature for rule in knowledge.safety.values() if rule.level == "block" for feature in rule.features}


@pytest.mark.parametrize(("fact", "feature", "level"), WANTED, ids=[" ".join(line) for line in WANTED])
def test_case(knowledge: KnowledgeBase, fact: str, feature: str, level: str) -> None:
    levels = {rule.level for rule in knowledge.safety.values() if fact in rule.when.any and not rule.when.all and feature in rule.features}
    assert level in levels


def test_a_class_holds_for_its_members(knowledge: KnowledgeBase) -> None:
    above = {
        "warfarin": "anticoagulant",
        "aspirin": "antiplatelet",
        "metformin": "hypoglycaemic",
        "insulin": "hypoglycaemic",
        "thiazide_or_loop": "diuretic",
    }
    for code, one in above.items():
        assert one in knowledge.medicines[code].member_of
    assert {"coronary_heart_disease", "heart_failure", "arrhythmia", "unstable_heart"} == {
        c for c, e in knowledge.conditions.items() if "heart_disease" in e.member_of
    }


def test_every_allergen_blocks_its_food(knowledge: KnowledgeBase) -> None:
    for code in knowledge.allergens:
        rules = [r for r in knowledge.safety.values() if f"allergy:{code}" in r.when.any and r.level == "block"]
        assert any(f"allergen:{code}" in rule.features or code == "pollen" for rule in rules), code


def test_there_are_enough_rules_each_with_one_row(knowledge: KnowledgeBase) -> None:
    assert len(knowledge.safety) >= 300
    assert all(re.fullmatch(r"C\d{3}[a-f]?", rule.facts_row) for rule in knowledge.safety.values() if rule.facts_row)
    assert len({rule.facts_row for rule in knowledge.safety.values()}) > 190


def test_medicines_are_as_many_as_people_in_china_commonly_take(knowledge: KnowledgeBase) -> None:
    assert len(knowledge.medicines) >= 60
    assert all(medicine.aliases for medicine in knowledge.medicines.values())


def test_a_disputed_rule_keeps_its_precaution(knowledge: KnowledgeBase) -> None:
    disputed = [rule for rule in knowledge.safety.values() if rule.review.status == "disputed"]
    assert len(disputed) >= 10
    assert any(rule.level == "block" for rule in disputed)


def test_heat_limits_are_not_above_what_was_reviewed(knowledge: KnowledgeBase) -> None:
    """40 ℃ for anybody, 38 ℃ in pregnancy, 37 ℃ in diabetes."""
    most = {"pregnancy.foot_bath": 38, "diabetes.foot_bath": 37, "older_people.foot_bath": 40, "everybody.foot_bath": 40}
    for key, limit in most.items():
        assert [int(n) for n in re.findall(r"([0-9]+)摄氏度", knowledge.safety[key].text.zh)] == [limit]


# --- nobody is left with nothing -------------------------------------------------------------------------------------


def features(piece: Advice, knowledge: KnowledgeBase) -> set[str]:
    """What a piece consists of, written out by hand."""
    found = {f"domain:{piece.domain}", f"advice:{piece.id}", *(f"tag:{tag}" for tag in piece.tags)}
    for code in set(piece.uses.foods) | ({part.food for part in piece.recipe.ingredients} if piece.recipe else set()):
        food = knowledge.foods[code]
        found |= {
            f"food:{code}",
            f"nature:{food.nature}",
            f"kind:{food.kind}",
            f"animal:{food.animal}",
            f"purine:{food.purine}",
            f"sugar:{food.sugar}",
        }
        found |= {f"tag:{tag}" for tag in food.tags} | {f"allergen:{allergen}" for allergen in food.allergens}
    for code in piece.uses.movements:
        movement = knowledge.movements[code]
        found |= {f"movement:{code}", f"intensity:{movement.intensity}", *(f"tag:{tag}" for tag in movement.tags)}
    return found | {f"point:{code}" for code in piece.uses.points} | {f"technique:{code}" for code in piece.uses.techniques}


@pytest.fixture(scope="module")
def harmless(knowledge: KnowledgeBase, blocked: set[str]) -> dict[str, list[Advice]]:
    """Domain -> pieces that no block of any rule touches."""
    left: dict[str, list[Advice]] = defaultdict(list)
    for piece in knowledge.advice.values():
        if not features(piece, knowledge) & blocked and not any(c.level == "block" for c in piece.contraindications):
            left[piece.domain].append(piece)
    return left


def test_blocks_are_narrow(blocked: set[str]) -> None:
    assert not blocked & set(NEVER_BLOCKED)


@pytest.mark.parametrize("domain", list(Domain))
def test_who_is_not_known_finds_two_pieces(harmless: dict[str, list[Advice]], domain: Domain) -> None:
    for code in Constitution:
        for season in Season:
            fit = [p.id for p in harmless[domain] if p.benefit.get(code, 0) >= 1 and p.seasons.get(season, 0) >= 0]
            assert len(fit) >= 2, (code, season, fit)


@pytest.mark.parametrize("domain", list(Domain))
def test_three_types_at_once_find_two_pieces(harmless: dict[str, list[Advice]], domain: Domain) -> None:
    for three in combinations(list(Constitution)[1:], 3):
        for season in Season:
            fit = [p.id for p in harmless[domain] if min(p.benefit.get(c, 0) for c in three) > -2 and p.seasons.get(season, 0) >= 0]
            assert len(fit) >= 2, (three, season, fit)
