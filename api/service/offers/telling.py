"""Who gets a message about an offer or a deal; what has come true is told as a publication is."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from api.service.accounts.roles import Role
from api.service.messages.timing import Policy, Timing, awake, timing
from api.service.messages.words import WORDS
from api.service.messages.writing import Draft, receivers, written
from api.service.offers.tables import SwapDeal, SwapOffer, SwapPart
from api.service.offers.words import SWAP_WORDS, Lapse, Saying, SwapWords
from api.service.settings import Settings
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem


@dataclass(frozen=True, slots=True)
class _Hands:
    """What is told to one person of duties.

    Attributes:
        gives, gets: the person's own; both empty for who only decides.
        all: everything that would change hands.
    """

    gives: tuple[Duty, ...]
    gets: tuple[Duty, ...]
    all: tuple[Duty, ...]

    def lines(self, words: SwapWords, text: Callable[[Duty], str]) -> Iterator[str]:
        """«Du får: Natt lørdag …», or the duties alone."""
        if not (self.gives or self.gets):
            yield from map(text, self.all)
        for label, duties in ((words.gives, self.gives), (words.gets, self.gets)):
            if duties:
                yield f"{label}: {'; '.join(map(text, duties))}"


@dataclass(frozen=True, slots=True)
class _News:
    """What is told alike to all.

    Attributes:
        about: what it tells of.
        saying: picks the kind of message from the words of a language.
        reason: the same for why; gives empty for none.
        giver: name of who offers.
    """

    about: str
    saying: Callable[[SwapWords], Saying]
    reason: Callable[[SwapWords], str] = lambda _: ""
    giver: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """Puts messages about swaps in the outbox, in the transaction that they tell of.

    Each goes in its reader's language. No calendar shows what is asked and agreed, so what is near
    is told at once and by SMS too, and all else outside quiet hours.

    Attributes:
        session: of what is told.
        settings: quiet hours, what is urgent, and the address of the service.
        problem: of the roster that the offer or deal is about.
    """

    session: Session
    settings: Settings
    problem: Problem

    def offered(self, offer: SwapOffer, giver: str) -> None:
        """Tell the one to whom an offer was made, by whom (a name)."""
        if offer.to_doctor is None:
            return
        duties = self._duties(offer.unit)
        self._tell(
            offer.cooperation_id,
            {offer.to_doctor: _Hands((), duties, duties)},
            _News(f"swap-offer/{offer.id}", lambda words: words.offered, giver=giver),
        )

    def asked(self, deal: SwapDeal) -> None:
        """Tell those of a deal who have not answered yet."""
        waiting = [part for part in deal.parts if part.says is None]
        self._tell_parts(deal, waiting, _News(f"swap/{deal.id}", lambda words: words.asked))

    def agreed(self, deal: SwapDeal) -> None:
        """Tell the coordinators that a deal waits for them."""
        news = _News(f"swap/{deal.id}/approval", lambda words: words.agreed)
        self._tell(deal.cooperation_id, self._all(deal), news)

    def refused(self, deal: SwapDeal, said_no: str = "") -> None:
        """Tell those of a deal who did not end it themselves (`said_no`: id of a doctor)."""
        others = [part for part in deal.parts if part.doctor != said_no]
        news = _News(f"swap/{deal.id}/refused", lambda words: words.refused, lambda _: deal.reason)
        self._tell_parts(deal, others, news)

    def lapsed(self, deal: SwapDeal, why: Lapse, knowing: Collection[str] = ()) -> None:
        """Tell those of a deal that it came to nothing, but for doctors who know it anyway."""
        others = [part for part in deal.parts if part.doctor not in knowing]
        news = _News(
            f"swap/{deal.id}/lapsed", lambda words: words.lapsed, lambda words: words.lapses[why]
        )
        self._tell_parts(deal, others, news)

    def _duties(self, *units: str | None) -> tuple[Duty, ...]:
        """The duties of units, in order of time; what the plan has no longer is left out."""
        found = [duty for unit in units if unit for duty in self.problem.units.get(unit, ())]
        return tuple(sorted(found, key=lambda duty: (duty.start, duty.id)))

    def _all(self, deal: SwapDeal) -> _Hands:
        return _Hands((), (), self._duties(*(part.gives for part in deal.parts)))

    def _tell_parts(self, deal: SwapDeal, parts: list[SwapPart], news: _News) -> None:
        everything = self._all(deal).all
        hands = {
            part.doctor: _Hands(self._duties(part.gives), self._duties(part.gets), everything)
            for part in parts
        }
        self._tell(deal.cooperation_id, hands, news)

    def _tell(self, cooperation: str, told: dict[str, _Hands] | _Hands, news: _News) -> None:
        """Tell doctors what is theirs; or, where it is the same for all, the coordinators."""
        now = datetime.now(UTC)
        if isinstance(told, _Hands):
            rows = receivers(self.session, cooperation, Role.COORDINATOR)
        else:
            rows = receivers(self.session, cooperation, Role.DOCTOR, told)
        for account, contact in rows:
            own = told if isinstance(told, _Hands) else told[account.doctor or ""]
            when = self._when(own, now)
            language = contact.language if contact else "nb"
            draft = self._draft(account.name, own, news, language, urgent=when.urgent)
            self.session.add_all(written(account, contact, draft, when, now))

    def _when(self, hands: _Hands, now: datetime) -> Timing:
        policy = Policy.of(self.settings)
        if not hands.all:  # the plan has none of the duties any more: nothing is near
            return Timing(False, awake(now, policy), None)
        return timing(hands.all[0].start, now, None, policy)

    def _draft(
        self, name: str, hands: _Hands, news: _News, language: str, *, urgent: bool
    ) -> Draft:
        plain, words = WORDS[language], SWAP_WORDS[language]
        saying, reason = news.saying(words), news.reason(words)
        subject = saying.subject.format(giver=news.giver)
        body = [
            plain.greeting.format(name=name),
            "",
            saying.opening.format(giver=news.giver),
            "",
            *hands.lines(words, plain.duty),
            *(("", words.reason.format(reason=reason)) if reason else ()),
            "",
            saying.closing.format(address=self.settings.public_url),
            "",
            words.no_replies,
        ]
        short = [
            subject,
            *hands.lines(words, plain.short),
            plain.see.format(address=self.settings.public_url),
        ]
        return Draft(
            about=news.about,
            subject=f"{plain.urgent}: {subject}" if urgent else subject,
            body="\n".join(body) + "\n",
            short="\n".join(short),
        )
