"""Ways to reach a seller that a text gives: phones, e-mails, messenger handles. Person data: callers keep it apart."""
# ruff: noqa: E501 - words and patterns that belong together stay on one line

from __future__ import annotations

import re

from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

MAX_TEXT = 8_000
MAX_CONTACTS = 20
_PHONE_LIKE = re.compile(r"(?:\D*+\d){7}")
"""Fewer than seven digits hold no telephone number."""
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,12}(?![\w-])")
_LINK = re.compile(
    r"(?i)(?:https?://)?(?:www\.)?(?:wa\.me/\+?\d{6,15}|t\.me/\w{3,32}|telegram\.me/\w{3,32}|line\.me/\S{2,60}|m\.me/[\w.]{2,60}|api\.whatsapp\.com/send/?\?phone=\d{6,15}|viber://\S{3,60}|zalo\.me/\d{6,15})"
)
_HANDLE = re.compile(
    r"(?i)(?<!\w)(whats ?app|wa|telegram|tg|wechat|weixin|wx|微信|vx|qq|line(?: ?id)?|ไลน์|zalo|viber|signal|instagram|ig|insta|kakao(?:talk)?|카톡|skype|discord)\s*[:：@#=]+\s*@?([A-Za-z0-9_.+-]{3,40})"
)


def contacts_of(text: str, country: str | None) -> tuple[str, ...]:
    """Contacts in order of kind: `mail:`, `phone:` (E.164) and `handle:` texts, doubles out."""
    text = text[:MAX_TEXT]
    found = [f"mail:{m[0].lower()}" for m in _EMAIL.finditer(text)] if "@" in text else []
    found += [f"handle:{m[0]}" for m in _LINK.finditer(text)] if "/" in text else []
    found += [f"handle:{m[1].lower()}:{m[2].rstrip('.')}" for m in _HANDLE.finditer(text)] if any(m in text for m in ":：@#=") else []
    if _PHONE_LIKE.match(text):
        matcher = PhoneNumberMatcher(text, country, leniency=Leniency.VALID, max_tries=200)
        for _, match in zip(range(MAX_CONTACTS), matcher, strict=False):
            found.append("phone:" + format_number(match.number, PhoneNumberFormat.E164))
    return tuple(dict.fromkeys(found))[:MAX_CONTACTS]
