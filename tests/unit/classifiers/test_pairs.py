"""The same text with one thing changed: the class moves as the rules say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

FLAGGED = [
    "Elephant ivory bangle, hand carved, for sale",
    "Tiger claw pendant, genuine, 300 USD",
    "Ivory for sale",
    "Selling African grey parrot, 6 months, tame, no papers",
    "出售象牙手串 老料 包邮",
    "ขายงาช้างแกะสลัก ของแท้ 5000 บาท",
    "للبيع سن الفيل أصلي",
    "Продам бивень слона, натуральный",
    "Bán vảy tê tê thật, ship toàn quốc",
    "Jual sisik trenggiling asli, nego",
    "本象牙 印鑑 出品 即決",
    "Vends défense d'éléphant sculptée",
    "Vendo colmillo de jaguar auténtico",
    "Vendo arara-azul filhote manso",
    "Elfenbein Schnitzerei antik zu verkaufen",
    "Vendo avorio antico intagliato",
    "Sprzedam kość słoniowa, prawdziwa",
]
CALM = [
    "Faux elephant ivory bangle, resin, for sale",
    "Tiger claw pendant replica, plastic, 3 USD",
    "Wanted: elephant ivory bangle",
    "African grey parrot poster, A3",
    "出售仿象牙手串 树脂",
    "求购象牙手串",
    "ขายงาช้างเทียม เรซิ่น",
    "รับซื้องาช้าง",
    "مطلوب سن الفيل",
    "Куплю бивень слона",
    "Продам бивень мамонта",
    "Cần mua vảy tê tê",
    "Sisik trenggiling imitasi resin",
    "Dicari sisik trenggiling",
    "マンモス象牙 印鑑 出品",
    "Fausse défense d'éléphant en résine",
    "Recherche défense d'éléphant",
    "Colmillo de jaguar de resina, imitación",
    "Pelúcia de arara-azul",
    "Elfenbein Imitat aus Kunstharz zu verkaufen",
    "Customs seized elephant ivory bangles at the port, news",
    "Python programming for beginners, book",
    "Tiger Balm red ointment 30 g",
    "Onitsuka Tiger sneakers size 42",
    "Ivory wedding dress size 12",
    "Mammoth ivory carving, for sale",
    "象牙白连衣裙 新款 包邮",
    "虎皮鹦鹉笼子 出售",
]


@pytest.mark.parametrize("title", FLAGGED)
def test_an_offer_of_a_listed_specimen_is_flagged(assess, title):
    """An offer of a real specimen without a claim that settles it is flagged."""
    answer = assess(title)
    assert answer.flagged, answer


@pytest.mark.parametrize("title", CALM)
def test_a_small_change_that_makes_it_harmless_is_not_flagged(assess, title):
    """Imitations, wanted ads, depictions, fossils, news and other senses are not flagged."""
    answer = assess(title)
    assert not answer.flagged, answer


@pytest.mark.parametrize("title", FLAGGED + CALM)
def test_every_answer_explains_itself(assess, title):
    """Each assessment has a reason with a rule, and each place that it points at lies inside its field."""
    answer = assess(title)
    assert answer.reasons
    for reason in answer.reasons:
        assert reason.rule
        assert reason.text
        if reason.span is not None:
            assert reason.field == "title"
            assert 0 <= reason.span[0] < reason.span[1] <= len(title)


def test_a_number_settles_what_a_bare_word_does_not(assess):
    """A bare "antique" or "with certificate" settles nothing; a certificate number does as far as the text goes."""
    bare = assess("Antique elephant ivory bangle for sale, with certificate")
    numbered = assess("Antique elephant ivory bangle for sale, article 10 certificate no 567890/03")
    pending = assess("Antique elephant ivory bangle for sale, article 10 certificate no 567890/03 applied for")
    assert bare.flagged
    assert pending.flagged
    assert not numbered.flagged
    assert numbered.verdict == "likely_lawful"
    assert any(check["missing"] for claim in bare.lawful_claims for check in claim["checks"])


def test_a_ring_number_and_breeding_settle_a_bird(assess):
    """Captive breeding with a ring number settles; captive breeding alone does not for Appendix I."""
    assert not assess("African grey for sale, captive bred, closed ring no GB12345").flagged
    assert assess("African grey for sale, captive bred, 6 months").flagged


def test_raw_rhino_horn_is_never_exempt(assess):
    """No claim settles raw rhinoceros horn (EU Guide 4.3.1)."""
    assert assess("Rhino horn for sale, made before 1947, certificate no 567890/03").flagged


def test_a_negated_material_is_no_imitation(assess):
    """The words "not resin" speak for the real thing."""
    assert assess("Elephant ivory bangle for sale, not resin").specimen == "genuine"
    assert assess("Elephant ivory bangle for sale, resin").specimen == "imitation"


def test_the_listing_is_that_of_the_day_of_capture(assess):
    """The small-clawed otter is Appendix II up to 25 November 2019 and Appendix I from the next day."""
    title = "Baby small-clawed otter for sale, tame, Aonyx cinereus"
    before = assess(title, captured_at=datetime(2019, 11, 25, 12, tzinfo=UTC))
    after = assess(title, captured_at=datetime(2019, 11, 26, 12, tzinfo=UTC))
    assert {t.taxon: t.appendix for t in before.taxa}["Aonyx cinereus"] == "II"
    assert {t.taxon: t.appendix for t in after.taxa}["Aonyx cinereus"] == "I"


def test_a_code_word_alone_never_flags(assess):
    """`大猫` is a pet cat until a tooth and a second signal stand beside it."""
    assert not assess("大猫 出售").flagged
    assert assess("大猫 牙 手串 克价 私聊").flagged
