"""Messages: what became of them, sending one again, and how people want theirs."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.service.dependencies import ActorDep, ServiceDep
from api.service.messages import contacts, store
from api.service.messages.shapes import ContactShape, MessageOut, MessageState
from api.service.paging import CursorDep, MostDep, Page, page
from api.service.problems import documented
from api.service.shapes import Id

router = APIRouter(tags=["messages"])
AccountId = Annotated[Id, Path(description="Id of the account")]


@router.get("/messages", responses=documented(401, 403, 422))
def messages(
    service: ServiceDep,
    actor: ActorDep,
    state: Annotated[
        MessageState | None, Query(description="Only messages in this state, such as dead ones")
    ] = None,
    after: CursorDep = None,
    most: MostDep = 50,
) -> Page[MessageOut]:
    """The own messages; for who publishes those of the cooperation, without what they say."""
    with service.database.reading() as session:
        rows = store.messages(session, actor, state, after, most)
    names = {message.id: name for message, name in rows}
    return page(
        [message for message, _ in rows],
        most,
        lambda own: MessageOut.of(own, names[own.id], actor.account),
    )


@router.post(
    "/messages/{message}/resend",
    status_code=202,
    responses=documented(401, 403, 404, 409, 422),
)
def resend(
    service: ServiceDep,
    actor: ActorDep,
    message: Annotated[Id, Path(description="Id of the message")],
) -> MessageOut:
    """Send a message again that was given up or sent, to the address that the receiver has now."""
    with service.database.writing() as session:
        found, name = store.resend(session, actor, message)
        return MessageOut.of(found, name, actor.account)


@router.get("/me/contact", responses=documented(401, 403))
def contact(service: ServiceDep, actor: ActorDep) -> ContactShape:
    """How you want messages."""
    return contact_of(service, actor, actor.account)


@router.put("/me/contact", responses=documented(401, 403, 422))
def set_contact(service: ServiceDep, actor: ActorDep, wanted: ContactShape) -> ContactShape:
    """Say how you want messages."""
    return set_contact_of(service, actor, actor.account, wanted)


@router.get("/accounts/{account}/contact", responses=documented(401, 403, 404, 422))
def contact_of(service: ServiceDep, actor: ActorDep, account: AccountId) -> ContactShape:
    """How somebody of the cooperation wants messages."""
    with service.database.reading() as session:
        return ContactShape.of(contacts.visible_contact(session, actor, account))


@router.put("/accounts/{account}/contact", responses=documented(401, 403, 404, 422))
def set_contact_of(
    service: ServiceDep, actor: ActorDep, account: AccountId, wanted: ContactShape
) -> ContactShape:
    """Say how somebody of the cooperation wants messages, such as the number that all know."""
    with service.database.writing() as session:
        contacts.set_contact(session, actor, account, wanted.plain())
    return wanted
