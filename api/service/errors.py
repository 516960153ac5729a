"""What a store can refuse; `problems` says how each is told over HTTP."""

from api.service.state_words import Thing


class ServiceError(Exception):
    """Something that was asked for and is not done.

    Attributes:
        slug: names the kind of problem, for ever.
        values: named values for the sentence.
    """

    slug = "refused"

    def __init__(self, **values: object) -> None:
        """Keep the values."""
        self.values = values
        super().__init__(f"{self.slug}: {values}")


class NotFoundError(ServiceError):
    """There is no such thing, or it belongs to others: which of the two is not told."""

    slug = "not-found"


class StaleError(ServiceError):
    """It has been changed since the caller read it (values: version)."""

    slug = "stale"


class VersionNeededError(ServiceError):
    """A change must say which version it is a change of (values: version)."""

    slug = "version-needed"


class ForbiddenError(ServiceError):
    """The account has no right to it (values: right)."""

    slug = "forbidden"


class NotLoggedInError(ServiceError):
    """Nobody knows who asks."""

    slug = "not-logged-in"


class LoginNeededError(ServiceError):
    """A token cannot do it: somebody must be logged in."""

    slug = "login-needed"


class WrongLoginError(ServiceError):
    """E-mail and password do not belong together; which of them is wrong is not told."""

    slug = "wrong-login"


class PasswordError(ServiceError):
    """A password that is too short, or the one that is to be changed (values: least)."""

    slug = "weak-password"


class MustChangeError(ServiceError):
    """The password must be changed before anything else."""

    slug = "password-change-needed"


class TooManyTriesError(ServiceError):
    """Wait before the next try (values: seconds)."""

    slug = "too-many-tries"


class CrossSiteError(ServiceError):
    """The request comes from another site's page."""

    slug = "cross-site"


class TakenError(ServiceError):
    """The name or e-mail is in use already (values: value)."""

    slug = "taken"


class StateError(ServiceError):
    """It cannot be done in the state that something is in (values: of, state)."""

    slug = "wrong-state"

    def __init__(self, of: Thing, state: str) -> None:
        """Say what is in which state; `STATE_WORDS` has words for both."""
        super().__init__(of=of, state=state)
        self.of, self.state = of, state


class LastOneError(ServiceError):
    """A cooperation keeps a coordinator, and the service an administrator."""

    slug = "last-one"


class StillRosteredError(ServiceError):
    """Somebody who is in a plan that has not ended cannot be erased (values: title)."""

    slug = "still-rostered"


class ProviderError(ServiceError):
    """The provider of OpenID Connect did not answer as it must."""

    slug = "provider-failed"


class LoginRefusedError(ServiceError):
    """The provider knows who it is, and they may not come in (values: reason)."""

    slug = "login-refused"


class LoginLostError(ServiceError):
    """Nobody began this login in this browser, or too long ago."""

    slug = "login-lost"


class PasswordsOffError(ServiceError):
    """Passwords of our own are turned off."""

    slug = "passwords-off"


class ProviderOffError(ServiceError):
    """There is no provider of OpenID Connect."""

    slug = "provider-off"


class TokenEndError(ServiceError):
    """A token that would end in the past, or too late (values: days)."""

    slug = "token-end"


class WishesClosedError(ServiceError):
    """Doctors state no more wishes in this round (values: deadline)."""

    slug = "wishes-closed"


class TooManyWishesError(ServiceError):
    """The doctor has stated as many wishes as each may (values: most)."""

    slug = "too-many-wishes"


class UnlawfulError(ServiceError):
    """A roster that breaks rules is published only if somebody signs for it (values: breaches)."""

    slug = "breaches-not-signed"


class OfferedError(ServiceError):
    """The duty is offered already, and the offer has not ended."""

    slug = "already-offered"


class OfferGoneError(ServiceError):
    """The swap offer is open no longer: somebody was quicker, or it has ended."""

    slug = "offer-gone"


class SwapUnlawfulError(ServiceError):
    """A rule forbids the swap (values: sentences)."""

    slug = "swap-unlawful"


class BeingChangedError(ServiceError):
    """The roster in force is being changed: nothing can be added to it before that is published."""

    slug = "roster-being-changed"


class ApprovalNeededError(ServiceError):
    """The swap waits for a coordinator."""

    slug = "approval-needed"


class BusyError(ServiceError):
    """The cooperation has as many jobs as it may have (values: most)."""

    slug = "too-many-jobs"


class KeyReusedError(ServiceError):
    """The Idempotency-Key stands for another request."""

    slug = "key-reused"


class BadCursorError(ServiceError):
    """The place to go on from is none that this list gave (values: value)."""

    slug = "bad-cursor"
