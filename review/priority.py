"""How serious an item is: probability times seriousness, with its parts shown."""

from __future__ import annotations

from domain.assessment import Assessment, Specimen

_APPENDIX = {"I": 1.0, "I/II": 0.9, "II": 0.6, "III": 0.4}
"""Appendix I first: Resolution Conf. 11.3 (Rev. CoP19), paragraph 6 b). Start values by us, to be learnt."""
_RAW = {"TUS", "HOR", "SKI", "BON", "BOD", "LIV", "CAR", "TEE", "SKU", "DER", "FIN", "ROO", "LOG", "SWI", "SCA"}
"""CITES term codes of raw or whole specimens."""


def priority(assessment: Assessment) -> tuple[float, dict[str, float]]:
    """Priority 0 to 1 and what it is made of."""
    appendix = max((_APPENDIX.get(taxon.appendix or "", 0.2) for taxon in assessment.taxa), default=0.2)
    live = 1.0 if assessment.specimen is Specimen.LIVE else 0.0
    raw = 1.0 if set(assessment.product) & _RAW else 0.0
    many = 1.0 if _amount(assessment) > 1 else 0.0
    seriousness = min(1.0, 0.7 * appendix + 0.15 * max(live, raw) + 0.15 * many)
    parts = {
        "probability": round(assessment.probability, 4), "appendix": appendix, "live": live, "raw": raw, "more_than_one": many,
        "seriousness": round(seriousness, 4),
    }  # fmt: skip
    return round(assessment.probability * seriousness, 6), parts


def _amount(assessment: Assessment) -> float:
    stated = (assessment.quantity or {}).get("amount")
    try:
        return float(stated) if stated is not None else 1.0
    except (TypeError, ValueError):
        return 1.0
