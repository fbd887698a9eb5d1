"""Faces and lines: what is built, what is kept together, what is shown instead of a character nobody can draw."""

from __future__ import annotations

from fontTools.ttLib import TTFont

from reports import fonts, typography


def test_built_faces_have_our_name_and_the_common_characters():
    for file in fonts.ensure("Plan Sans SC"):
        with TTFont(file) as font:
            known = set(font.getBestCmap())
            assert font["name"].getDebugName(1) == "Plan Sans SC"
            assert {ord(c) for c in "气虚质特禀氣虛“”—…，。～·①✓Aé"} - {ord("✓")} <= known


def test_faces_are_built_where_none_are(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "HOME", tmp_path / "fonts")
    monkeypatch.setattr(fonts, "common_characters", lambda: frozenset(map(ord, "气虚质Aa")))
    first = fonts.ensure("Plan Sans TC")
    stamps = [file.stat().st_mtime_ns for file in first]
    assert [file.stat().st_mtime_ns for file in fonts.ensure("Plan Sans TC")] == stamps
    assert not list(tmp_path.rglob("*.part"))


def test_the_digest_is_of_the_sources_and_the_recipe(monkeypatch):
    before = fonts.digest()
    assert len(before) == 64 and fonts.digest() == before
    monkeypatch.setattr(fonts, "RECIPE", "another")
    fonts.digest.cache_clear()
    try:
        assert fonts.digest() != before
    finally:
        monkeypatch.undo()
        fonts.digest.cache_clear()


def test_numbers_stay_with_their_units():
    chinese = typography.prose("zh-Hans")
    assert '<span class="n">20至30分钟</span>' in chinese("每天散步1次，20至30分钟，微微出汗就停。")
    assert '<span class="n">300 ml</span>' in typography.prose("en")("about 300 ml of water")


def test_a_paragraph_does_not_end_in_a_single_character():
    shown = typography.prose("zh-Hans")("把掌心搓热后贴在肚脐上轻轻地揉着顺时针转圈。")
    assert str(shown).endswith('<span class="n">针转圈。</span>')


def test_running_text_is_escaped_in_every_language():
    for lang in ("zh-Hans", "zh-Hant", "en"):
        assert "<b>" not in typography.prose(lang)("一二三四五六七八九十一二三四五六七八九十<b>三</b>100克<i>")


def test_names_are_cut_cleaned_and_drawable():
    assert typography.name("a" * 100) == "a" * 39 + "…"
    assert typography.name(" 李 \n 小满\u200b ") == "李 小满"
    assert typography.name("👩‍⚕️") == "〓〓"
    assert typography.name("𠮷㼆") == "𠮷㼆"
