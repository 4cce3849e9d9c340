"""Signed tree heads: C2SP tlog-checkpoint in a C2SP signed note, Ed25519 (https://c2sp.org/signed-note)."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from domain.errors import EnvironmentMissing, IntegrityError

_ED25519 = b"\x01"


@dataclass(frozen=True, slots=True)
class Head:
    """A tree head: how many leaves, and their root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The checkpoint body."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def key_id(name: str, public: bytes) -> bytes:
    """First four bytes of SHA-256(name || newline || type || key)."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def verifier_line(name: str, public: bytes) -> str:
    """The public key in the note format's own spelling: name+hash+key."""
    return f"{name}+{key_id(name, public).hex()}+{base64.b64encode(_ED25519 + public).decode()}"


def parse_verifier(line: str) -> tuple[str, bytes]:
    """Inverse of `verifier_line`; raises IntegrityError when the hash does not fit the key."""
    try:
        name, hashed, encoded = line.strip().split("+", 2)
        data = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise IntegrityError("the public key is not of the form name+hash+key") from error
    if len(data) != 33 or data[:1] != _ED25519 or key_id(name, data[1:]).hex() != hashed:
        raise IntegrityError("the public key's hash does not fit the key")
    return name, data[1:]


class Signer:
    """Holds the log's key; makes it when a store is created."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        self.name = name
        self._private = private
        self.public = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)

    @classmethod
    def create(cls, name: str, folder: Path) -> Signer:
        """Make a key in `folder` (log.key, readable by its owner only; log.pub)."""
        private = Ed25519PrivateKey.generate()
        raw = private.private_bytes(serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption())
        file = folder / "log.key"
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(base64.b64encode(raw).decode() + "\n", encoding="ascii")
        file.chmod(0o400)
        signer = cls(name, private)
        (folder / "log.pub").write_text(verifier_line(name, signer.public) + "\n", encoding="ascii")
        return signer

    @classmethod
    def load(cls, folder: Path) -> Signer:
        """The key of an existing store."""
        try:
            raw = base64.b64decode((folder / "log.key").read_text(encoding="ascii"))
            name, _ = parse_verifier((folder / "log.pub").read_text(encoding="ascii"))
        except OSError as error:
            raise EnvironmentMissing(f"no signing key: {error.strerror}", file=str(folder)) from error
        return cls(name, Ed25519PrivateKey.from_private_bytes(raw))

    def sign(self, head: Head) -> str:
        """The head as a signed note."""
        text = head.text()
        signature = key_id(self.name, self.public) + self._private.sign(text.encode())
        return f"{text}\n\u2014 {self.name} {base64.b64encode(signature).decode()}\n"


def open_note(note: str, verifier: str) -> Head:
    """Check a signed note against a pinned public key; raises IntegrityError for anything but one good signature by it."""
    name, public = parse_verifier(verifier)
    text, blank, signatures = note.rpartition("\n\n")
    lines = signatures.splitlines()
    if not blank or len(lines) != 1 or not lines[0].startswith(f"\u2014 {name} "):
        raise IntegrityError("the head is not signed by the pinned key")
    encoded = lines[0].rsplit(" ", 1)[1]
    try:
        signature = base64.b64decode(encoded, validate=True)
        if base64.b64encode(signature).decode() != encoded or signature[:4] != key_id(name, public):
            raise IntegrityError("the head's signature is not canonical or names another key")
        Ed25519PublicKey.from_public_bytes(public).verify(signature[4:], (text + "\n").encode())
    except (ValueError, InvalidSignature) as error:
        raise IntegrityError("the head's signature does not verify") from error
    parts = text.split("\n")
    if len(parts) != 3 or not parts[1].isdigit() or str(int(parts[1])) != parts[1]:
        raise IntegrityError("the head is not a checkpoint")
    head = Head(parts[0], int(parts[1]), base64.b64decode(parts[2], validate=True))
    if note != f"{head.text()}\n{signatures}":
        raise IntegrityError("the head is not canonical")
    return head
