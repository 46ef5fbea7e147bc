"""A closed-loop load: every visitor has one connection and sends its next request when the last answer is whole.

What a visitor does is a generator: it yields a `Request` (or a number of seconds to think) and receives the `Answer`.
One thread and one selector drive all visitors, so that the client costs little beside the server it shares cores with.
"""

import gzip
import heapq
import os
import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    form: dict[str, str] | None = None
    label: str = ""
    """Under which heading its time is counted; without one it is not counted (setting up, signing in)."""
    ok: tuple[int, ...] = (200, 303)
    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, list[str]]
    body: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == ["gzip"]
        return (gzip.decompress(self.body) if packed else self.body).decode("utf-8", "replace")

    @property
    def location(self) -> str:
        """Where it sends us, without the host."""
        parts = urlsplit(self.headers.get("location", ["/"])[0])
        return parts.path + (f"?{parts.query}" if parts.query else "")


Flow = Generator[Request | float, Answer, None]


@dataclass
class Tally:
    """What a load gave. Times are kept per label, in seconds."""

    seconds: float = 0.0
    times: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    first_error: str = ""
    own_cpu: float = 0.0

    def done(self, label: str) -> int:
        return len(self.times.get(label, ()))

    def rate(self, label: str) -> float:
        return self.done(label) / self.seconds

    def quantile(self, label: str, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.times.get(label, ()))
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


class Visitor:
    """One connection with its cookies and its flow."""

    def __init__(self, address: str, flow: Flow) -> None:
        parts = urlsplit(address)
        self._place = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._host = parts.netloc
        self.flow = flow
        self.cookies: dict[str, str] = {}
        self.socket: socket.socket | None = None
        self.asked: Request | None = None
        self.sent_at = 0.0
        self._received = bytearray()
        self._last: tuple[Request, bytes] | None = None

    def connect(self) -> socket.socket:
        self.close()
        self.socket = socket.create_connection(self._place, timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.socket

    def close(self) -> None:
        if self.socket:
            self.socket.close()
        self.socket = None

    def send(self, asked: Request) -> None:
        """Sends on the open connection, or on a new one when the server has closed it meanwhile."""
        raw = self._wire(asked)
        self.asked = asked
        self._received.clear()
        self.sent_at = time.perf_counter()
        assert self.socket is not None  # noqa: S101 connected by drive()
        self.socket.sendall(raw)

    def receive(self) -> tuple[Answer, bool] | None:
        """The answer and whether the connection is finished, once all of it is here."""
        assert self.socket is not None  # noqa: S101 connected by drive()
        piece = self.socket.recv(1 << 18)
        self._received += piece
        head_end = self._received.find(b"\r\n\r\n")
        if head_end < 0:
            return None if piece else (Answer(0, {}, b""), True)
        first, *lines = self._received[:head_end].decode("latin-1").split("\r\n")
        headers: dict[str, list[str]] = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers.setdefault(name.lower(), []).append(value.strip())
        body = self._body(headers, bytes(self._received[head_end + 4 :]), ended=not piece)
        if body is None:
            return None
        self._keep(headers.get("set-cookie", []))
        ends = not piece or headers.get("connection", [""])[0].lower() == "close"
        return Answer(int(first.split(" ")[1]), headers, body), ends

    def _body(self, headers: dict[str, list[str]], raw: bytes, ended: bool) -> bytes | None:
        if "content-length" in headers:
            size = int(headers["content-length"][0])
            return raw[:size] if len(raw) >= size or ended else None
        if headers.get("transfer-encoding", [""])[0] == "chunked":
            return _unchunk(raw) if raw.endswith(b"0\r\n\r\n") else None
        return raw if ended or not raw else None

    def _keep(self, cookies: Iterable[str]) -> None:
        for cookie in cookies:
            name, _, value = cookie.split(";", 1)[0].partition("=")
            if self.cookies.get(name) != value:
                self.cookies[name] = value
                self._last = None

    def _wire(self, asked: Request) -> bytes:
        """The bytes of a request; one that is yielded again and again is put together once."""
        if self._last and self._last[0] is asked:
            return self._last[1]
        body = urlencode(asked.form).encode() if asked.form is not None else b""
        lines = [
            f"{asked.method} {asked.path} HTTP/1.1",
            f"Host: {self._host}",
            "Accept-Encoding: gzip",
            *asked.headers,
        ]
        if self.cookies and not any(line.startswith("Cookie:") for line in asked.headers):
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if asked.form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        raw = "\r\n".join([*lines, "", ""]).encode() + body
        self._last = (asked, raw)
        return raw


class Load:
    """Drives flows against one address until `seconds` are over or every flow has ended."""

    def __init__(self, address: str, flows: Iterable[Flow]) -> None:
        self._visitors = [Visitor(address, flow) for flow in flows]
        self._selector = selectors.DefaultSelector()
        self._thinking: list[tuple[float, int, Visitor]] = []
        self._order = count()
        self._open = 0
        self.tally = Tally()

    def run(self, seconds: float = float("inf")) -> Tally:
        began, own = time.perf_counter(), time.process_time()
        self._until = began + seconds
        for visitor in self._visitors:
            self._open += 1
            self._begin(visitor)
        while self._open:
            for key, _ in self._selector.select(self._pause()):
                self._hear(key.data)
            self._wake()
        self.tally.seconds = time.perf_counter() - began
        self.tally.own_cpu = time.process_time() - own
        return self.tally

    def _begin(self, visitor: Visitor) -> None:
        self._selector.register(visitor.connect(), selectors.EVENT_READ, visitor)
        self._next(visitor, lambda: next(visitor.flow))

    def _hear(self, visitor: Visitor) -> None:
        try:
            whole = visitor.receive()
        except OSError:
            whole = (Answer(0, {}, b""), True)
        if whole is None:
            return
        answer, ends = whole
        self._count(visitor, answer)
        if ends:
            self._reconnect(visitor)
        self._next(visitor, lambda: visitor.flow.send(answer))

    def _count(self, visitor: Visitor, answer: Answer) -> None:
        asked = visitor.asked
        if asked is None:
            return
        if answer.status not in asked.ok:
            self.tally.errors[f"{asked.label or asked.path} {answer.status}"] += 1
            self.tally.first_error = self.tally.first_error or f"{asked.method} {asked.path}: {answer.text[:400]}"
        elif asked.label:
            self.tally.times.setdefault(asked.label, []).append(time.perf_counter() - visitor.sent_at)

    def _next(self, visitor: Visitor, step: Callable[[], Request | float]) -> None:
        try:
            wish = step()
        except StopIteration:
            return self._leave(visitor)
        if time.perf_counter() >= self._until:
            visitor.flow.close()
            return self._leave(visitor)
        if isinstance(wish, Request):
            return self._send(visitor, wish)
        visitor.asked = None
        heapq.heappush(self._thinking, (time.perf_counter() + wish, next(self._order), visitor))
        return None

    def _send(self, visitor: Visitor, wish: Request) -> None:
        try:
            visitor.send(wish)
        except OSError:
            self._reconnect(visitor)
            visitor.send(wish)

    def _wake(self) -> None:
        now = time.perf_counter()
        while self._thinking and self._thinking[0][0] <= now:
            visitor = heapq.heappop(self._thinking)[2]
            self._next(visitor, lambda flow=visitor.flow: next(flow))  # type: ignore[misc]

    def _pause(self) -> float | None:
        return max(0.0, self._thinking[0][0] - time.perf_counter()) if self._thinking else 5.0

    def _reconnect(self, visitor: Visitor) -> None:
        if visitor.socket:
            self._selector.unregister(visitor.socket)
        self._selector.register(visitor.connect(), selectors.EVENT_READ, visitor)

    def _leave(self, visitor: Visitor) -> None:
        if visitor.socket:
            self._selector.unregister(visitor.socket)
        visitor.close()
        self._open -= 1


def _unchunk(raw: bytes) -> bytes:
    whole = b""
    while raw:
        size, _, rest = raw.partition(b"\r\n")
        length = int(size, 16)
        whole, raw = whole + rest[:length], rest[length + 2 :]
        if not length:
            break
    return whole


def fresh_key() -> str:
    """A key nobody has used: what a browser makes for a form sent once."""
    return os.urandom(16).hex()
