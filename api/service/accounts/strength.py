"""Which passwords will do: long ones that are not among the first that somebody tries.

NIST SP 800-63B-4 asks for 15 characters where a password is all there is, for a list of common ones
that are refused, and for no rules about kinds of characters and no change without a reason.
"""

from zxcvbn import zxcvbn

from api.service.errors import PasswordError

LEAST = 15  # characters
_LEAST_GUESSES = 10**8
_LOOKED_AT = 72  # characters; to look at more takes long and finds nothing new
_OURS = ("rettvakt", "legevakt", "vaktplan", "passord", "hemmelig", "sommer", "vinter", "norge")


def judge(password: str, *about: str) -> None:
    """Let a password pass that is good enough.

    Args:
        password: in the clear.
        about: e-mail and name of its owner, and whatever else is easily guessed.

    Raises:
        PasswordError: it is too short, or one that everybody guesses.
    """
    if len(password) < LEAST:
        raise PasswordError(least=LEAST)
    words = [part for own in about for part in own.replace("@", " ").replace(".", " ").split()]
    found = zxcvbn(password[:_LOOKED_AT], user_inputs=[*about, *words, *_OURS])
    if found["guesses"] < _LEAST_GUESSES:
        raise PasswordError(least=LEAST)
