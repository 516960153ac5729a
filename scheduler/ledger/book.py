"""The book: entries one after the other, and the balances that they make."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.problem import Account
from scheduler.fairness.measures import Measure
from scheduler.ledger.digest import digest_of
from scheduler.ledger.entry import Entry, Event, Kind, LedgerError, Line, Settings


@dataclass(frozen=True)
class Book:
    """All entries of one rota of doctors, oldest first. Entries are added and never changed."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def _lines(self) -> Mapping[tuple[str | None, Measure | None], list[tuple[Entry, Line]]]:
        found: dict[tuple[str | None, Measure | None], list[tuple[Entry, Line]]] = {}
        for entry in self.entries:
            for line in entry.lines:
                found.setdefault((line.doctor, line.measure), []).append((entry, line))
        return found

    def lines(self, doctor: str | None, measure: Measure | None) -> Sequence[tuple[Entry, Line]]:
        """The lines of one account with their entries, oldest first; see `balance`."""
        return self._lines.get((doctor, measure), [])

    def balance(self, doctor: str | None, measure: Measure | None) -> int:
        """The balance as it stands, in steps of the measure's resolution.

        Args:
            doctor: id; None: the common account.
            measure: None: refused wishes, in hundredths.
        """
        return sum(line.amount for _, line in self.lines(doctor, measure))

    @cached_property
    def reversed(self) -> frozenset[int]:
        """Numbers of the entries that were taken back."""
        return frozenset(own.reverses for own in self.entries if own.reverses is not None)

    @cached_property
    def standing(self) -> tuple[Entry, ...]:
        """The entries that hold: neither taken back nor taking back."""
        return tuple(
            own
            for own in self.entries
            if own.number not in self.reversed and own.event is not Event.REVERSAL
        )

    @cached_property
    def closings(self) -> tuple[Entry, ...]:
        """The closings that hold, in the order of their periods."""
        return tuple(own for own in self.standing if own.event is Event.CLOSING)

    @cached_property
    def settings(self) -> Settings:
        """Those in force."""
        given = [own.settings for own in self.entries if own.settings is not None]
        return given[-1] if given else Settings()

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Id -> latest name of everybody who ever stood in the book, in order of name."""
        found = {who: name for own in self.entries for who, name in own.doctors.items()}
        return dict(sorted(found.items(), key=lambda own: (own[1].casefold(), own[0])))

    @cached_property
    def known(self) -> frozenset[str]:
        """Ids of those who have an account: they were in a period whose closing holds."""
        return frozenset(who for own in self.closings for who in own.doctors)

    @cached_property
    def _holidays(self) -> Mapping[str, Mapping[GreatHoliday, tuple[int, ...]]]:
        found: dict[str, dict[GreatHoliday, set[int]]] = {}
        for own in self.standing:
            for line in own.holidays:
                found.setdefault(line.doctor, {}).setdefault(line.holiday, set()).add(line.year)
        return {
            who: {h: tuple(sorted(years[h])) for h in GreatHoliday if h in years}
            for who, years in found.items()
        }

    def holidays(self, doctor: str) -> Mapping[GreatHoliday, tuple[int, ...]]:
        """Every year in which the doctor had each great holiday."""
        return self._holidays.get(doctor, {})

    def account(self, doctor: str) -> Account:
        """What the next plan opens with; of each great holiday the last year."""
        # The fields of an account carry the names of the measures.
        balances = {measure.value: self.balance(doctor, measure) for measure in Measure}
        return Account(
            doctor=doctor,
            refused=max(0, self.balance(doctor, None)),
            holidays={h: years[-1] for h, years in self.holidays(doctor).items()},
            **balances,
        )

    def add(self, entry: Entry) -> "Book":
        """The book with one more entry; it is numbered, balanced and chained here.

        Raises:
            LedgerError: it is dated before the entry above.
        """
        above = self.entries[-1] if self.entries else None
        if above and entry.booked_on < above.booked_on:
            raise LedgerError(
                f"Siste bilag er ført {above.booked_on:%d.%m.%Y}, og bilag føres i rekkefølge.",
                "Velg den dagen, eller en senere.",
                f"{entry.booked_on:%d.%m.%Y}",
            )
        own = replace(entry, number=len(self.entries) + 1, lines=balanced(entry.lines))
        return Book((*self.entries, replace(own, digest=digest_of(own, self.digest))))

    @property
    def digest(self) -> str:
        """The digest of the last entry; it stands for the whole book."""
        return self.entries[-1].digest if self.entries else ""


def balanced(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The doctors' lines in order, with the common account as counterpart of each kind."""
    own = [line for line in lines if line.amount and line.doctor is not None]
    sums: Counter[tuple[Measure, Kind]] = Counter()
    for line in own:
        if line.measure is not None:
            sums[line.measure, line.kind] -= line.amount
    common = [Line(None, measure, kind, total) for (measure, kind), total in sums.items() if total]
    measures, kinds = [*Measure, None], list(Kind)
    return tuple(
        sorted(
            (*own, *common),
            key=lambda line: (
                measures.index(line.measure),
                kinds.index(line.kind),
                line.doctor is None,
                line.doctor or "",
            ),
        )
    )
