"""Sends what waits in the outbox."""

import logging
import threading

from sqlalchemy.exc import SQLAlchemyError

from api.service.db.database import Database
from api.service.messages import store
from api.service.messages.carriers import RefusedError, carriers
from api.service.messages.tables import Message
from api.service.settings import Settings

_LOOK = 2.0  # seconds between two looks at the outbox

logger = logging.getLogger(__name__)


class Sender:
    """Sends messages one after the other until it is closed.

    Each message is tried until it is handed over or given up, and handed over once unless the
    process dies in that very moment; its Message-ID then lets the receiver see that both are one.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        """Nothing is sent before `start`."""
        self._database = database
        self._carriers = carriers(settings)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="messages", daemon=True)

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def close(self) -> None:
        """Send no more; what waits, waits for the next start."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()

    def send_one(self) -> bool:
        """Try the message that is to be tried next; False if none is to be tried now."""
        with self._database.writing() as session:
            message = store.take(session)
        if message is None:
            return False
        # Outside of the transaction: a slow mail server must not hold up all who write.
        problem, refused = self._handed_over(message)
        with self._database.writing() as session:
            store.note(session, message.id, problem, refused=refused)
        return True

    def _handed_over(self, message: Message) -> tuple[str, bool]:
        """Hand a message over; gives what went wrong, and whether it would go wrong again."""
        try:
            self._carriers[message.channel](message)
        except Exception as error:  # an address that no mail can have must not stop all others
            # Without the address: what a mail server says may hold it.
            logger.warning("message %s is not sent: %s", message.id, type(error).__name__)
            return f"{type(error).__name__}: {error}", isinstance(error, RefusedError)
        return "", False

    def _run(self) -> None:
        while not self._closing.wait(_LOOK):
            try:
                while not self._closing.is_set() and self.send_one():
                    pass
            except SQLAlchemyError:
                # The database may be away for a while; messages wait in it and none is lost.
                logger.exception("the outbox cannot be read; trying again")
