"""Who gets a message about an offer or a deal; what has come true is told as a publication is."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.accounts.roles import Role
from api.service.accounts.tables import Account
from api.service.messages.tables import Message
from api.service.offers.tables import SwapDeal, SwapOffer


def tell_offered(session: Session, offer: SwapOffer, giver: str, duty: str) -> None:
    """Tell the one to whom an offer was made."""
    if offer.to_doctor is None:
        return
    body = [
        f"{giver} spør om du kan ta denne vakten:",
        "",
        duty,
        "",
        "Vil du bytte, svarer du i Rettvakt. Der ser du også om byttet er lovlig, og hva det gjør "
        "med vaktkontoen din.",
    ]
    accounts = _doctors(session, offer.cooperation_id, [offer.to_doctor])
    _tell(session, accounts, f"swap-offer/{offer.id}", f"{giver} vil bytte vakt med deg", body)


def tell_asked(session: Session, deal: SwapDeal) -> None:
    """Tell those of a deal who have not answered yet."""
    waiting = [part.doctor for part in deal.parts if part.says is None]
    body = [
        "Det er foreslått et vaktbytte som gjelder deg. Svar ja eller nei i Rettvakt.",
        "",
        "Ingenting er byttet før alle har sagt ja.",
    ]
    accounts = _doctors(session, deal.cooperation_id, waiting)
    _tell(session, accounts, f"swap/{deal.id}", "Et vaktbytte venter på svar fra deg", body)


def tell_agreed(session: Session, deal: SwapDeal) -> None:
    """Tell the coordinators that a deal waits for them."""
    body = [
        "Leger er blitt enige om et vaktbytte, og det venter på godkjenning i Rettvakt.",
        "",
        "Byttet blir kontrollert en gang til i det øyeblikket det godkjennes.",
    ]
    accounts = session.scalars(
        select(Account).where(
            Account.cooperation_id == deal.cooperation_id,
            Account.role == Role.COORDINATOR.value,
            Account.active,
        )
    ).all()
    _tell(session, accounts, f"swap/{deal.id}/approval", "Et vaktbytte venter på deg", body)


def tell_refused(session: Session, deal: SwapDeal, said_no: str) -> None:
    """Tell those of a deal who did not end it themselves."""
    others = [part.doctor for part in deal.parts if part.doctor != said_no]
    body = ["Et vaktbytte som du var med i, blir det ikke noe av. Vaktene er som før."]
    if deal.reason:
        body += ["", f"Begrunnelse: {deal.reason}"]
    accounts = _doctors(session, deal.cooperation_id, others)
    _tell(session, accounts, f"swap/{deal.id}/refused", "Vaktbyttet ble ikke noe av", body)


def _doctors(session: Session, cooperation: str, doctors: Iterable[str]) -> Iterable[Account]:
    return session.scalars(
        select(Account).where(
            Account.cooperation_id == cooperation,
            Account.role == Role.DOCTOR.value,
            Account.doctor.in_(list(doctors)),
            Account.active,
        )
    ).all()


def _tell(
    session: Session, accounts: Iterable[Account], about: str, subject: str, body: list[str]
) -> None:
    now = datetime.now(UTC)
    for account in accounts:
        session.add(
            Message(
                cooperation_id=str(account.cooperation_id),
                account_id=account.id,
                about=about,
                address=account.email,
                subject=subject,
                body="\n".join([f"Hei, {account.name}!", "", *body]) + "\n",
                created_at=now,
                next_try_at=now,
            )
        )
