"""Match and assess, texts a CPU-second, beside spaCy's PhraseMatcher with one scikit-learn call a text, in one run.

    PYTHONPATH=. python benchmarks/assess.py [texts]

The texts are made here: 800 characters on average in twelve languages, one in five names something.
Read the ratios; the machine is shared.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher

from classifiers.assessor import RuleAssessor
from classifiers.features import NAMES, Features
from classifiers.matcher import LexiconMatcher
from classifiers.model import load_model
from classifiers.pipeline import build_pipeline, documents
from classifiers.training import read_seed
from domain.assessment import Text
from species_lists.index import load

MEAN, SHARE = 800, 0.2
FILLER = tuple(
    """the item is in very good condition and comes from a smoke free home please see all pictures and ask before you buy
    it was used twice el producto está en buen estado se entrega en mano o por correo zum Abholen in der Stadt keine
    Rücknahme bei Fragen bitte melden 全新 未拆封 支持 自提 同城 可以 见面 交易 товар в хорошем состоянии самовывоз или почта
    สินค้า มือสอง สภาพดี พร้อมส่ง""".split()  # noqa: SIM905 - words read better than a list
)


def make_texts(count: int) -> list[Text]:
    """Texts of about 800 characters; a fifth of the titles come from the seed's offers and look-alikes."""
    chance = random.Random(7)
    titles = [seed.title for seed in read_seed()]
    texts = []
    for number in range(count):
        words: list[str] = []
        while sum(map(len, words)) + len(words) < MEAN:
            words.append(chance.choice(FILLER))
        title = chance.choice(titles) if chance.random() < SHARE else " ".join(chance.choices(FILLER, k=8))
        texts.append(Text(id=str(number), title=title, description=" ".join(words)))
    return texts


def rate(what: str, count: int, work: Callable[[], object]) -> float:
    """Print and return texts a CPU-second."""
    start = time.process_time()
    work()
    value = count / (time.process_time() - start)
    print(f"{what:<46}{value:>10,.0f} texts a CPU-second")
    return value


def main(count: int) -> None:
    """Run both ways and print the ratios."""
    species = load(Path(__file__).parent.parent / "species_lists")
    matcher = LexiconMatcher(species)
    assessor = RuleAssessor(species, today=lambda: date(2026, 11, 1))
    texts = make_texts(count)
    warm = texts[:50]
    assessor.assess(warm, matcher.match(warm))
    mentions = matcher.match(texts)
    mean = sum(len(t.title) + len(t.description) for t in texts) / count
    print(f"{count} texts, mean {mean:.0f} characters, {sum(map(bool, mentions))} name something")
    rate("match", count, lambda: matcher.match(texts))
    rate("assess", count, lambda: assessor.assess(texts, mentions))
    ours = rate("match and assess, batches", count, lambda: assessor.assess(texts, matcher.match(texts)))
    nlp = build_pipeline(matcher)
    named = [(t, m) for t, m in zip(texts, mentions, strict=True) if m]
    rate("spaCy documents of the texts that name something", len(named), lambda: list(documents(nlp, *zip(*named, strict=True))))
    blank = spacy.blank("xx")
    phrases = PhraseMatcher(blank.vocab, attr="LOWER")
    phrases.add("TERM", list(blank.tokenizer.pipe(term.text for term in species.terms())))
    model = load_model()
    few = texts[: max(1, count // 20)]

    def naive() -> None:
        for text in few:
            doc = blank(f"{text.title}\n{text.description}")
            phrases(doc)
            model.probabilities([Features(window=doc.text, numbers=(0.0,) * len(NAMES))])

    theirs = rate("PhraseMatcher and one model call a text", len(few), naive)
    print(f"ratio {ours / theirs:.1f}; peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
