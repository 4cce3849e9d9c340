"""Trains the model on our own seed texts: `python -m classifiers.training`; the same lists and seed give the same coefficients."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from classifiers.assessor import RuleAssessor
from classifiers.features import Features
from classifiers.matcher import LexiconMatcher
from classifiers.model import DATA, QueueModel, vectorise
from domain.assessment import Text
from domain.errors import ConfigurationError
from domain.ports import SpeciesList
from species_lists.index import load

SEED_DAY = date(2026, 11, 1)
"""The day on which the seed texts were labelled, so that the Appendices do not move under them."""

_PENALTY = 1.0  # C of the regression; 0.3 and 3 gave the same decisions in cross-validation
_FOLDS = 5
_DIGITS = 6  # of a coefficient, when compared: the last bits differ between linear algebra libraries


class SeedText(BaseModel):
    """One line of `data/seed.jsonl`, written for this project."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    language: str
    title: str
    kind: Literal["offer_part", "offer_live", "wanted", "imitation", "depiction", "mention", "lawful", "ordinary", "fossil"]
    intent: str
    specimen: str
    flagged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A fitted classifier and the digest of its rounded coefficients."""

    classifier: Any
    coefficients: str
    rows: int


def read_seed(path: Path = DATA / "seed.jsonl") -> list[SeedText]:
    """Read the seed texts. Raises ConfigurationError naming file and line."""
    seeds = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            seeds.append(SeedText.model_validate_json(line))
        except ValidationError as error:
            raise ConfigurationError(error.errors()[0]["msg"], file=str(path), line=number) from error
    return seeds


class _Collector(QueueModel):
    """Stands where a model would and keeps the rows that reach it."""

    def __init__(self) -> None:
        super().__init__(None, version="none")
        self.rows: list[Features] = []

    def probabilities(self, rows: Sequence[Features]) -> list[float]:
        self.rows.extend(rows)
        return [0.5] * len(rows)


def seed_rows(species: SpeciesList, seeds: Sequence[SeedText]) -> tuple[list[Features], list[bool]]:
    """Rows and labels of the seed texts that name something; the rest never reaches the model."""
    matcher = LexiconMatcher(species)
    rows: list[Features] = []
    labels: list[bool] = []
    for seed in seeds:
        collector = _Collector()
        text = Text(id=seed.id, title=seed.title, description="", language=seed.language)
        RuleAssessor(species, today=lambda: SEED_DAY, model=lambda c=collector: c).assess([text], matcher.match([text]))  # type: ignore[misc]
        rows.extend(collector.rows)
        labels.extend([seed.flagged] * len(collector.rows))
    return rows, labels


def train(species: SpeciesList, seeds: Sequence[SeedText]) -> Trained:
    """Fit and calibrate (Platt scaling over stratified folds, J. Platt 1999)."""
    import numpy as np
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.linear_model import LogisticRegression

    rows, labels = seed_rows(species, seeds)
    regression = LogisticRegression(C=_PENALTY, max_iter=500, solver="liblinear", random_state=0)
    classifier = CalibratedClassifierCV(regression, method="sigmoid", cv=_FOLDS, ensemble=False)
    classifier.fit(vectorise(rows), np.array(labels))
    fitted = classifier.calibrated_classifiers_[0]
    weights = np.round(np.concatenate([fitted.estimator.coef_.ravel(), fitted.estimator.intercept_.ravel()]), _DIGITS) + 0.0
    sigmoid = [(round(float(c.a_), _DIGITS), round(float(c.b_), _DIGITS)) for c in fitted.calibrators]
    digest = hashlib.sha256(weights.tobytes() + json.dumps(sigmoid).encode()).hexdigest()
    return Trained(classifier=classifier, coefficients=digest, rows=len(rows))


def write_model(trained: Trained, folder: Path, *, lists: str) -> None:
    """Write `model.skops` and the record of its digests."""
    from skops.io import dumps

    data = dumps(trained.classifier)
    (folder / "model.skops").write_bytes(data)
    record = {"sha256": hashlib.sha256(data).hexdigest(), "coefficients": trained.coefficients, "rows": trained.rows, "lists": lists}
    (folder / "model.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Train on the shipped seed and lists and write the artefact."""
    species = load(Path(__file__).parent.parent / "species_lists")
    trained = train(species, read_seed())
    write_model(trained, DATA, lists=species.version)
    sys.stderr.write(f"{trained.rows} rows, coefficients {trained.coefficients[:12]}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
