"""The statistical half: the calibrated probability that an expert would queue a text.

Hashed words and characters around the leading name, next to what the rules made of the text, in one
logistic regression with sigmoid calibration. Trained on our own seed texts only (`training.py`), so its
probabilities are calibrated to those, not to any market; `docs/assessment.md` says what that means.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from classifiers.features import NAMES, Features
from domain.errors import EnvironmentMissing, IntegrityError

DATA = Path(__file__).parent / "data"
TRUSTED = ("sklearn.calibration._CalibratedClassifier", "sklearn.calibration._SigmoidCalibration")
"""The types that our own artefact needs beyond skops' safe ones, pinned here; never what a file asks for."""

HASHED = 2**14  # columns; 1,000 short texts collide little, and the file stays under a megabyte
_NUMBER_SCALE = 2.0  # rule findings speak louder than a hashed n-gram, whose rows have length 1


def vectorise(rows: Sequence[Features]) -> Any:
    """Sparse matrix of len(rows) by `2 * HASHED + len(NAMES)`: one pass for a whole batch."""
    import numpy as np
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import HashingVectorizer

    windows = [row.window for row in rows]
    characters = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 4), n_features=HASHED, alternate_sign=False)
    words = HashingVectorizer(analyzer="word", ngram_range=(1, 2), n_features=HASHED, alternate_sign=False, token_pattern=r"(?u)\w+")  # noqa: S106 - a regular expression
    numbers = np.array([row.numbers for row in rows], dtype=np.float64).reshape(len(rows), len(NAMES)) * _NUMBER_SCALE
    return hstack([characters.transform(windows), words.transform(windows), csr_matrix(numbers)], format="csr")


class QueueModel:
    """A loaded model; `probabilities` is its only use."""

    def __init__(self, classifier: Any, *, version: str) -> None:
        self.version = version
        self._classifier = classifier

    def probabilities(self, rows: Sequence[Features]) -> list[float]:
        """One probability, 0 to 1, for each row."""
        if not rows:
            return []
        return [float(p) for p in self._classifier.predict_proba(vectorise(rows))[:, 1]]


def load_model(folder: Path = DATA) -> QueueModel:
    """Read `model.skops`. Raises EnvironmentMissing without it, IntegrityError when it is not the one `model.json` records."""
    from skops.io import loads

    try:
        data = (folder / "model.skops").read_bytes()
        record = json.loads((folder / "model.json").read_bytes())
    except FileNotFoundError as error:
        raise EnvironmentMissing("the model is missing; run `python -m classifiers.training`", file=error.filename) from error
    if hashlib.sha256(data).hexdigest() != record["sha256"]:
        raise IntegrityError(f"{folder / 'model.skops'} is not the model that model.json records")
    return QueueModel(loads(data, trusted=list(TRUSTED)), version=f"model-{record['coefficients'][:12]}")
