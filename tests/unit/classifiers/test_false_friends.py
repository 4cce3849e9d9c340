"""Words that look like names and are not."""

from __future__ import annotations

import csv
import gzip
import os
from pathlib import Path

import pytest

from domain.assessment import Text

FRIENDS = [
    "Python 3 programming tutorial and IDE course",
    "Colt Python .357 revolver grips",
    "python print PU vegan handbag",
    "Monty Python complete DVD box",
    "Jaguar XF gearbox used",
    "Jaguar E-Type brochure",
    "Fender Jaguar guitar 1966",
    "Puma Suede shoes size 9",
    "Tiger Balm 30g",
    "Tiger Beer glass set",
    "Onitsuka Tiger Mexico 66",
    "Tiger of Sweden suit",
    "tiger eye bracelet stone",
    "tiger prawns frozen 1 kg",
    "tiger barb fish food",
    "leopard print scarf",
    "faux leopard coat",
    "leopard gecko vivarium",
    "Leopard tank model kit",
    "Mac OS X Snow Leopard install disc",
    "ivory dress size 10",
    "ivory wall paint 5 L",
    "Ivory soap bar",
    "Ivory Coast football shirt",
    "The Ivory Tower novel",
    "tagua vegetable ivory beads",
    "celluloid French ivory mirror",
    "bone china tea set",
    "dog bone chew",
    "bone conduction headphones",
    "tortoiseshell cat figurine",
    "tortoiseshell glasses acetate",
    "tortoiseshell butterfly print",
    "coral dress size S",
    "Google Coral dev board",
    "rosewood lipstick",
    "rosewood paint tin",
    "mahogany hair dye",
    "Saiga-12 magazine",
    "Ford Falcon 1968 parts",
    "Falcon 9 rocket poster",
    "Hayabusa GSX fairing",
    "Shelby Cobra diecast",
    "Cobra golf driver",
    "27 inch computer monitor",
    "baby monitor with camera",
    "blood pressure monitor",
    "Komodo IDE licence",
    "GEICO gecko plush",
    "hippocampus brain model",
    "Opel Manta exhaust",
    "Nautilus gym machine",
    "Patek Nautilus watch",
    "Crocs clogs size 8",
    "croc embossed leather wallet",
    "Amazon Echo dot",
    "Amazon gift card",
    "bird of paradise plant Strelitzia seeds",
    "lory plush toy",
    "cockatiel cage",
    "budgerigar pair",
    "axolotl plush Minecraft",
    "pangolin plush",
    "white musk perfume 50 ml",
    "Elon Musk biography book",
    "oud lute instrument",
    "象牙白 连衣裙",
    "象牙海岸 球衣",
    "虎皮兰 盆栽",
    "虎皮蛋糕 零食",
    "海马床垫",
    "鹤顶红金鱼",
    "大猫 宠物猫 缅因",
    "Beinschiene Fußball",
    "Mariah Carey CD",
    "Loro Piana sweater",
    "arara de roupas",
    "vaso jiboia planta",
    "น้ำมันงา 1 ลิตร",
    "งาดำ งาขาว 500 กรัม",
    "آلة العود موسيقية",
    "sea lion plush",
    "dandelion seeds",
    "wildlife photo print tiger",
    "tiger T-shirt",
    "elephant stamp Kenya 1966",
    "rhino figurine Schleich",
]


def test_false_friends_are_not_flagged(assess):
    """At least 95 % of the known false friends stay out of the queue (domain.md 5.3, test 1)."""
    flagged = [title for title in FRIENDS if assess(title, price="20", currency="USD").flagged]
    assert len(FRIENDS) >= 80
    assert len(flagged) <= len(FRIENDS) * 0.05, flagged


@pytest.mark.shared
def test_ordinary_titles_are_rarely_flagged(matcher, assessor, record_property):
    """Fewer than 1 in 200 ordinary marketplace listings are flagged; the rate is printed."""
    folder = Path(os.environ.get("MARKETWARDEN_SHARED", Path(__file__).parents[4] / "shared"))
    file = folder / "data" / "negatives" / "titles_build.tsv.gz"
    if not file.exists():
        pytest.skip(f"no shared development data at {folder}")
    with gzip.open(file, "rt", encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = [Text(id=str(i), title=r["title"] or "", description=r["description"] or "", price=r["price"]) for i, r in enumerate(rows)]
    answers = assessor.assess(texts, matcher.match(texts))
    flagged = sum(a.flagged for a in answers if not isinstance(a, Exception))
    record_property("flagged", flagged)
    print(f"{flagged} of {len(texts)} ordinary listings flagged")
    assert len(texts) > 50_000
    assert flagged < len(texts) / 200
