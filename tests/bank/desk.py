"""Filling in the form of a question as a browser does: by what the page offers."""

import html
import re
from typing import Any

from flask.testing import FlaskClient

from lms.bank.rules.sheets import Cell, laid_out
from lms.bank.rules.types import sheet


def filled(body: dict[str, Any]) -> dict[str, str]:
    """What a browser sends for a form in which this question stands."""
    return {"type": body["type"], **_inputs(laid_out(sheet(body["type"], (), ()), body))}


def _inputs(cells: tuple[Cell, ...]) -> dict[str, str]:
    sent: dict[str, str] = {}
    for cell in cells:
        if cell.field.kind in ("rows", "named", "group"):
            for row in cell.rows:
                sent |= _inputs(row)
        elif cell.field.kind != "flag":
            sent[cell.name] = cell.value
        elif cell.is_on:
            sent[cell.name] = "1"
    return sent


def write(client: FlaskClient, body: dict[str, Any]) -> str:
    """A new question saved through its form; gives its id."""
    answer = client.post("/ngan-hang/moi", data={**filled(body), "viec": "luu"})
    assert answer.status_code == 303, answer.text
    return str(answer.location.rsplit("/", 1)[1])


def act(client: FlaskClient, item_id: str, what: str, words: str = "") -> str:
    """A button of the question's page pressed; gives what is said on the page after it."""
    answer = client.post(f"/ngan-hang/{item_id}/{what}", data={"vi-sao": words}, follow_redirects=True)
    assert answer.status_code == 200, (what, answer.status_code)
    return html.unescape(" ".join(re.findall(r'<div class="toast.*?<span>(.*?)</span>', answer.text, re.DOTALL)))
