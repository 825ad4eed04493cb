"""Real receivers on this machine: a mail server and a web hook."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """Keeps what a mail server is handed; refuses the first `refusals` messages."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.refusals = 0
        self.port = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refusals:
            self.refusals -= 1
            return "451 try again later"
        self.messages.append(message_from_bytes(envelope.content or b""))  # type: ignore[arg-type]
        return "250 OK"

    @property
    def route(self) -> str:
        return f"mailto://127.0.0.1:{self.port}?from=check@example.cn&to=boss@example.cn&mode=insecure"

    @property
    def subjects(self) -> list[str]:
        return [str(make_header(decode_header(message["Subject"]))) for message in self.messages]

    @property
    def bodies(self) -> list[str]:
        found = []
        for message in self.messages:
            parts = [part for part in message.walk() if part.get_content_type() == "text/plain"]
            payload = parts[0].get_payload(decode=True)
            assert isinstance(payload, bytes)
            found.append(payload.decode())
        return found


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        box.port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


class Hook:
    """Keeps what is posted to it; answers `status`."""

    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []
        self.calls: list[str] = []
        self.status = 200
        self.port = 0

    @property
    def route(self) -> str:
        return f"json://127.0.0.1:{self.port}/hook"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/ping"


@contextmanager
def web_hook() -> Iterator[Hook]:
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.posts.append(json.loads(body))
            self.answer()

        def do_GET(self) -> None:
            hook.calls.append(self.path)
            self.answer()

        def answer(self) -> None:
            self.send_response(hook.status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
