"""Traditional Chinese: the names of the trade, and every exception on the reviewed list."""

from __future__ import annotations

import opencc
import pytest

from knowledge_base import load, to_traditional
from knowledge_base.traditional import SCHEME, read_exceptions

NAMES = {
    "平和质": "平和質", "气虚质": "氣虛質", "阳虚质": "陽虛質", "阴虚质": "陰虛質", "痰湿质": "痰濕質",
    "湿热质": "濕熱質", "血瘀质": "血瘀質", "气郁质": "氣鬱質", "特禀质": "特稟質", "里急后重": "裡急後重",
    "表里": "表裡", "面条": "麵條", "面色": "面色", "白术": "白朮", "手术": "手術",
    "合谷": "合谷", "谷物": "穀物", "足三里": "足三里", "太冲": "太衝", "冲洗": "沖洗",
    "头发": "頭髮", "发汗": "發汗", "生姜": "生薑", "干姜": "乾薑", "姜汤": "薑湯",
    "葱姜": "蔥薑", "大便干时": "大便乾時", "干品": "乾品", "树干": "樹幹", "干预": "干預",
    "放松": "放鬆", "松子": "松子", "每周3次": "每週3次", "2周内": "2週內", "周围": "周圍",
    "药面": "藥麵", "厚朴": "厚朴", "症状": "症狀", "后溪": "後谿", "太溪": "太谿",
}  # fmt: skip
NEVER = ("幹山", "幹百", "便幹", "西后", "太沖", "特禀", "血淤質", "合穀", "白術")


@pytest.mark.parametrize(("simplified", "traditional"), NAMES.items())
def test_names_of_the_trade(simplified: str, traditional: str) -> None:
    assert to_traditional(simplified) == traditional


@pytest.mark.parametrize(("simplified", "traditional"), read_exceptions().items())
def test_every_exception_holds(simplified: str, traditional: str) -> None:
    assert to_traditional(simplified) == traditional


def test_every_exception_is_needed() -> None:
    """An entry corrects OpenCC, or protects a phrase from a shorter entry."""
    convert = opencc.OpenCC(SCHEME).convert
    exceptions = read_exceptions()
    wrong = {convert(simplified) for simplified, traditional in exceptions.items() if convert(simplified) != traditional}
    for simplified in exceptions:
        written = convert(simplified)
        assert written in wrong or any(short in written for short in wrong), f"{simplified}: OpenCC has it right; drop the entry"


def test_what_is_not_chinese_stays() -> None:
    assert to_traditional("GB/T 46939-2025, 37 ℃, LI4") == "GB/T 46939-2025, 37 ℃, LI4"
    assert to_traditional("") == ""


def test_words_that_were_once_wrong_do_not_come_back() -> None:
    knowledge = load()
    for piece in knowledge.advice.values():
        for text in (piece.title, piece.what, piece.why, *piece.how, *piece.cautions):
            assert not any(word in text.hant for word in NEVER), (piece.id, text.hant)
