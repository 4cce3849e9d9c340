"""Throw-away certificates with which the proxy shows the browser what the door has verified."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import ssl
import tempfile
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from domain.clock import Clock

_MAX_CONTEXTS = 512


class Authority:
    """One key of one crawl; a self-signed certificate a host. The key never outlives the process.

    The browser is told to accept this one public key (`spki`), not to ignore certificate errors.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._contexts: dict[str, ssl.SSLContext] = {}

    @property
    def spki(self) -> str:
        """Base64 of the SHA-256 of the public key, as `--ignore-certificate-errors-spki-list` takes it."""
        public = self._key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(hashlib.sha256(public).digest()).decode("ascii")

    def context(self, host: str) -> ssl.SSLContext:
        """Server side TLS for `host`, HTTP/1.1 only."""
        known = self._contexts.get(host)
        if known is not None:
            return known
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])
        key = self._key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        # `ssl` loads from files only; the file is private and gone as soon as it is read.
        with tempfile.TemporaryDirectory(prefix="marketwarden-") as folder:
            path = Path(folder, "leaf.pem")
            path.touch(mode=0o600)
            path.write_bytes(key + self._certificate(host).public_bytes(serialization.Encoding.PEM))
            context.load_cert_chain(path)
        if len(self._contexts) >= _MAX_CONTEXTS:
            self._contexts.clear()
        self._contexts[host] = context
        return context

    def _certificate(self, host: str) -> x509.Certificate:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Marketwarden capture")])
        try:
            alternative: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host))
        except ValueError:
            alternative = x509.DNSName(host)
        now = self._clock()
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self._key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=2))
            .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
            .sign(self._key, hashes.SHA256())
        )
