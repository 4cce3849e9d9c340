"""TLS as the door speaks it: always verified, HTTP/1.1 only, and told what the session was."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

from domain.capture import Tls

_DER = 2
"""`_ssl.ENCODING_DER`."""


def client_context(ca_file: Path | None = None) -> ssl.SSLContext:
    """Verify chain and host name against the system's roots, or against `ca_file` alone (tests and demo)."""
    context = ssl.create_default_context(cafile=str(ca_file) if ca_file is not None else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context


def session_of(ssl_object: ssl.SSLObject) -> Tls:
    """Version, cipher and chain of an established session."""
    cipher = ssl_object.cipher()
    return Tls(version=ssl_object.version() or "", cipher=cipher[0] if cipher else "", chain=_chain(ssl_object))


def _chain(ssl_object: Any) -> tuple[bytes, ...]:
    """Certificates as the server sent them: public from Python 3.13 on, before that the object inside has them.

    Where neither is there, the leaf alone is given, which is what the public interface of 3.11 offers.
    """
    public = getattr(ssl_object, "get_unverified_chain", None)
    if public is not None:
        return tuple(bytes(certificate) for certificate in public())
    inner = getattr(getattr(ssl_object, "_sslobj", None), "get_unverified_chain", None)
    if inner is not None:
        return tuple(bytes(certificate.public_bytes(_DER)) for certificate in inner() or ())
    leaf = ssl_object.getpeercert(binary_form=True)
    return (leaf,) if leaf else ()
