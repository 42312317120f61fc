"""Whether a request is Discord's: Ed25519 over its timestamp and its body, byte for byte as they came. Pure.

Source: Discord's developer documentation, "Setting Up an Endpoint: Validating Security Request Headers".
"""

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

SIGNATURE, TIMESTAMP = "X-Signature-Ed25519", "X-Signature-Timestamp"
STALE_S = 300.0  # either way: a recorded request is worth nothing later
SIGNATURE_BYTES = 64
TIMESTAMP_DIGITS = 12


class Verifier:
    """Knows one application's public key."""

    def __init__(self, public_key: str) -> None:
        """Take the key in hexadecimal digits, as the developer portal shows it.

        Raises:
            ValueError: it is none.
        """
        self._key = VerifyKey(bytes.fromhex(public_key))

    def accepts(self, signature: str, timestamp: str, body: bytes, now: float) -> bool:
        """Whether the signature is Discord's and fresh.

        Args:
            signature: The header :data:`SIGNATURE`; empty where it is missing.
            timestamp: The header :data:`TIMESTAMP`, seconds since the epoch; empty where it is missing.
            body: As it was received.
            now: Seconds since the epoch.
        """
        return _is_fresh(timestamp, now) and self._is_signed(signature, timestamp.encode() + body)

    def _is_signed(self, signature: str, message: bytes) -> bool:
        if len(signature) != 2 * SIGNATURE_BYTES:  # fromhex would skip spaces
            return False
        try:
            given = bytes.fromhex(signature)
        except ValueError:
            return False
        if len(given) != SIGNATURE_BYTES:
            return False
        try:
            self._key.verify(message, given)
        except BadSignatureError:
            return False
        return True


def _is_fresh(timestamp: str, now: float) -> bool:
    plain = timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= TIMESTAMP_DIGITS
    return plain and abs(now - int(timestamp)) <= STALE_S
