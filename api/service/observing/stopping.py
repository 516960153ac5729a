"""The server, which lets its long answers know when it is told to stop."""

import threading
from types import FrameType

import uvicorn


class Server(uvicorn.Server):
    """uvicorn's server; sets an event at once when a signal tells it to stop.

    Streams of events then end by themselves, and their readers connect again elsewhere or later.
    """

    def __init__(self, config: uvicorn.Config, stopping: threading.Event) -> None:
        """Nothing is served before `run`."""
        super().__init__(config)
        self._stopping = stopping

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """What uvicorn calls at SIGINT and SIGTERM."""
        self._stopping.set()
        super().handle_exit(sig, frame)
