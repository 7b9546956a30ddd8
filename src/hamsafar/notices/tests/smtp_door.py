"""A mail server at the door: it speaks SMTP on the loopback and keeps what it was given."""

from __future__ import annotations

import email
import email.policy
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import cast


@dataclass
class MailServer:
    """``answers`` are given to one message after the other, then 250; ``hang up`` breaks the line instead."""

    port: int
    answers: list[str] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)

    def talk(self, line: socket.socket) -> None:
        with line, line.makefile("rwb") as file:

            def say(text: str) -> None:
                file.write(f"{text}\r\n".encode())
                file.flush()

            say("220 door")
            while heard := file.readline():
                verb = heard[:4].upper()
                if verb == b"DATA":
                    say("354 go on")
                    data = b""
                    while (part := file.readline()) not in (b".\r\n", b""):
                        data += part.removeprefix(b".")
                    answer = self.answers.pop(0) if self.answers else "250 taken"
                    self._keep(data, answer)
                    if answer == "hang up":
                        return
                    say(answer)
                elif verb == b"QUIT":
                    say("221 good-bye")
                    return
                else:
                    say("250 well")

    def _keep(self, data: bytes, answer: str) -> None:
        if answer.startswith("250") or answer == "hang up":
            message = email.message_from_bytes(data, policy=email.policy.default)
            self.taken.append(cast(EmailMessage, message))


@contextmanager
def mail_server() -> Iterator[MailServer]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = MailServer(listening.getsockname()[1])

    def serve() -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            server.talk(line)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)
