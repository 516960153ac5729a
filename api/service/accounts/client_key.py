"""A private key that shows a provider who we are, instead of a shared secret."""

import json
from pathlib import Path

from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey, import_key

from api.service.errors import ProviderError


def private_key(file: Path) -> RSAKey | ECKey:
    """The key in a file, as PEM or JWK.

    Raises:
        ProviderError: there is none.
    """
    try:
        text = file.expanduser().read_text(encoding="utf-8")
        if text.lstrip().startswith("{"):
            key = import_key(json.loads(text))
        else:
            key = RSAKey.import_key(text) if "EC PRIVATE" not in text else ECKey.import_key(text)
    except (OSError, ValueError, JoseError) as error:
        raise ProviderError from error
    if not isinstance(key, RSAKey | ECKey) or not key.is_private:
        raise ProviderError
    return key


def assertion_by(key: RSAKey | ECKey) -> PrivateKeyJWT:
    """How a client shows that it holds the key; the JWK's own `kid` and `alg` are used."""
    algorithm = "RS256" if isinstance(key, RSAKey) else "ES256"
    headers = {"kid": key.kid} if key.kid else None
    return PrivateKeyJWT(headers=headers, alg=str(key.get("alg") or algorithm))
