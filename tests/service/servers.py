"""A mail server and an SMS gateway on loopback that keep what they are handed."""

import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Mailbox:
    """What a mail server has.

    Attributes:
        port: on which it listens.
        mails: what was accepted, as bytes.
        begun: set when the whole of a mail has arrived, before it is accepted.
        go_on: an arrived mail is accepted when this is set.
        drops: what has arrived is forgotten instead.
        refuses: receivers that it will not have.
        refused_with: the answer to these.
    """

    port: int = 0
    mails: list[bytes] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    drops: bool = False
    refuses: set[str] = field(default_factory=set)
    refused_with: str = "550 no such user"


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A server of as much SMTP (RFC 5321) as smtplib speaks."""
    box = Mailbox()
    box.go_on.set()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 ready")
            while line := self.rfile.readline().decode().strip():
                if not self._answered(line):
                    return

        def _say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

        def _answered(self, line: str) -> bool:
            verb = line.split()[0].upper()
            if verb == "QUIT":
                self._say("221 bye")
                return False
            if verb == "RCPT" and any(own in line for own in box.refuses):
                self._say(box.refused_with)
            elif verb == "DATA":
                self._say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                mail = b"".join(own.removeprefix(b".") for own in lines)
                box.begun.set()
                box.go_on.wait(60)
                if box.drops:
                    return False
                box.mails.append(mail)
                self._say("250 ok")
            else:
                self._say("250 ok")
            return True

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            """A sender that is killed leaves in the middle of a sentence."""

    with _serving(Server(("127.0.0.1", 0), Talk)) as port:
        box.port = port
        yield box


@dataclass
class Gateway:
    """What an SMS gateway was asked.

    Attributes:
        address: of it.
        asked: headers and body of each request.
        status: of its answers.
    """

    address: str = ""
    asked: list[tuple[dict[str, str], dict[str, str]]] = field(default_factory=list)
    status: int = 202


@contextmanager
def sms_gateway() -> Iterator[Gateway]:
    """A gateway that takes JSON by POST."""
    gateway = Gateway()

    class Talk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.casefold(): value for name, value in self.headers.items()}
            gateway.asked.append((headers, json.loads(body)))
            self.send_response(gateway.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    with _serving(ThreadingHTTPServer(("127.0.0.1", 0), Talk)) as port:
        gateway.address = f"http://127.0.0.1:{port}/send"
        yield gateway


@contextmanager
def _serving(server: socketserver.TCPServer) -> Iterator[int]:
    run: Callable[[], None] = server.serve_forever
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield int(server.socket.getsockname()[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
