"""A pupil with a phone: signs in, takes a test over HTTP, and writes down what the server said it had saved.

The list of acknowledged answers lives with the client, outside everything that is killed.
"""

import html
import http.client
import json
import random
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid5

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
SENT = re.compile(r'name="sent" value="([^"]+)"')
CHOICE = re.compile(r'<input type="(radio|checkbox)" name="(tra-loi\.[^":]+)" value="([^"]+)"')
"""Of questions answered by choosing; the fields of a question in parts have a colon in their names."""
SEVERAL = re.compile(r"Chọn (\d+) ý")
ATTEMPT = re.compile(r"/bai/([0-9a-f-]{36})")


class Away(Exception):
    """The server went away before it answered; nobody knows whether it saved."""


@dataclass(frozen=True)
class Sent:
    """One answer as sent; `step` is the id under which the server keeps it, told by the sender's own id."""

    attempt: str
    item: str
    chosen: tuple[str, ...]
    id: str

    @property
    def step(self) -> str:
        return uuid5(UUID(self.attempt), f"{self.id}/{self.item}").hex


@dataclass
class Pupil:
    port: int
    username: str
    password: str
    dice: random.Random
    cookies: dict[str, str] = field(default_factory=dict)
    acknowledged: list[Sent] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    """Statuses that were neither a page nor «saved»."""
    latencies: list[float] = field(default_factory=list)
    attempt: str = ""
    _last: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _open: tuple[Sent, str, dict[str, list[str]]] | None = None
    """What was sent and never answered: it is sent again, under the same id."""

    def sign_in(self) -> None:
        page = self.get("/dang-nhap")
        form = {"username": [self.username], "password": [self.password], "csrf_token": [_found(TOKEN, page)]}
        status, _body, _to = self.ask("POST", "/dang-nhap", form)
        assert status == 303, status

    def begin(self, quiz: str) -> None:
        """Starts the test, or takes it up again where it was left."""
        page = self.get(f"/kiem-tra/{quiz}")
        ids = re.findall(r'name="id"[^>]*value="([^"]+)"', page)
        form = {"csrf_token": [_found(TOKEN, page)], "id": ids[:1]}
        status, body, to = self.ask("POST", f"/kiem-tra/{quiz}/bat-dau", form)
        if status == 303:
            self.attempt = _found(ATTEMPT, to)
        else:
            self.attempt = _found(ATTEMPT, page + body)
        self.quiz = quiz

    def answer(self) -> None:
        """Changes the answer to some question; what was left open is sent again first."""
        if self._open is None:
            self._open = self._chosen()
        sent, path, form = self._open
        status, body, _to = self.ask("POST", path, form)
        self._open = None
        if status == 303:
            self.acknowledged.append(sent)
            self._last[sent.item] = sent.chosen
        else:
            self.refused.append((status, body[:2000]))

    def hand_in(self) -> None:
        base = f"/kiem-tra/{self.quiz}/bai/{self.attempt}"
        form = {"csrf_token": [_found(TOKEN, self.get(f"{base}/xem-lai"))]}
        status, body, _to = self.ask("POST", f"{base}/nop", form)
        assert status == 303, (status, body[:500])

    def send_twice(self) -> None:
        """A doubled tap: the same answer under the same id."""
        sent, path, form = self._chosen()
        for _ in range(2):
            status, body, _to = self.ask("POST", path, form)
            if status != 303:
                self.refused.append((status, body[:2000]))
        self.acknowledged.append(sent)
        self._last[sent.item] = sent.chosen

    def _chosen(self) -> tuple[Sent, str, dict[str, list[str]]]:
        path, page, choices = self._question()
        field_name = html.unescape(choices[0][1])
        item = field_name.removeprefix("tra-loi.")
        several = SEVERAL.search(page)
        size = int(several.group(1)) if several and choices[0][0] == "checkbox" else 1
        options = [html.unescape(value) for _kind, _name, value in choices]
        chosen = tuple(sorted(self.dice.sample(options, size)))
        while chosen == self._last.get(item):  # the same answer again is nothing new, and leaves no step
            chosen = tuple(sorted(self.dice.sample(options, size)))
        sent = Sent(self.attempt, item, chosen, _found(SENT, page))
        form = {"csrf_token": [_found(TOKEN, page)], "sent": [sent.id], "was_flagged": [""], field_name: list(chosen)}
        return sent, path, {**form, "den": ["sau"]}

    def _question(self) -> tuple[str, str, list[tuple[str, str, str]]]:
        """A page of the test that is answered by choosing, at random."""
        for number in self.dice.sample(range(1, 16), 15):
            path = f"/kiem-tra/{self.quiz}/bai/{self.attempt}/{number}"
            page = self.get(path)
            if choices := CHOICE.findall(page):
                return path, page, choices
        raise AssertionError(f"{self.quiz}: nothing to choose in the whole test")

    def get(self, path: str) -> str:
        status, body, to = self.ask("GET", path)
        if status in (302, 303):
            return self.get(to)
        assert status == 200, (status, path, body[:500])
        return body

    def ask(self, method: str, path: str, form: dict[str, list[str]] | None = None) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urlencode(form, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        status, text, location = self._answer(method, path, body, headers)
        to = urlsplit(location)
        return status, text, to.path + (f"?{to.query}" if to.query else "")

    def send_json(self, path: str, said: object, token: str) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Content-Type": "application/json", "X-CSRFToken": token}
        return self._answer("POST", path, json.dumps(said), headers)[:2]

    def _answer(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as problem:
            raise Away(str(problem)) from problem
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return answer.status, text, answer.headers.get("Location") or ""


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    assert found, f"{pattern.pattern} not in {text[:800]}"
    return html.unescape(found.group(1))
