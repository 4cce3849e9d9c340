"""The artefact is the one that the seed gives, and its absence is typed."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest

from classifiers.assessor import RuleAssessor
from classifiers.model import DATA, load_model
from classifiers.training import read_seed, train
from domain.assessment import Text
from domain.errors import EnvironmentMissing, IntegrityError


def test_training_again_gives_the_shipped_coefficients(species):
    """The shipped model is what the shipped seed and lists give."""
    record = json.loads((DATA / "model.json").read_text())
    trained = train(species, read_seed())
    assert record["lists"] == species.version
    assert trained.coefficients == record["coefficients"]


def test_the_seed_is_large_and_multilingual():
    """At least 600 texts in at least 12 languages, both labels in each of the larger ones."""
    seeds = read_seed()
    languages = {seed.language for seed in seeds}
    assert len(seeds) >= 600
    assert len(languages) >= 12
    assert all({s.flagged for s in seeds if s.language == language} == {True, False} for language in languages)


def test_a_missing_model_is_typed(species, matcher, tmp_path):
    """Without the artefact the assess stage says so; matching goes on."""
    assessor = RuleAssessor(species, today=lambda: date(2026, 11, 1), model=lambda: load_model(tmp_path))
    texts = [Text(id="t", title="ivory bangle", description="")]
    mentions = matcher.match(texts)
    with pytest.raises(EnvironmentMissing, match="model is missing"):
        assessor.assess(texts, mentions)


def test_a_changed_model_is_refused(tmp_path):
    """A byte of difference from the recorded digest is never loaded."""
    shutil.copytree(DATA, tmp_path / "data")
    file = tmp_path / "data" / "model.skops"
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(IntegrityError):
        load_model(tmp_path / "data")


def test_one_text_that_cannot_be_judged_does_not_stop_the_others(matcher, assessor):
    """A broken text yields its error in its place."""
    good = Text(id="good", title="Elephant ivory bangle for sale", description="")
    mentions = matcher.match([good])[0]
    bad = Text(id="bad", title=None, description=None)  # type: ignore[arg-type]
    answers = assessor.assess([bad, good], [mentions, mentions])
    assert isinstance(answers[0], Exception)
    assert answers[1].flagged
