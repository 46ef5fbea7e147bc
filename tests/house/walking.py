"""Walking through the application as a reader does: every link of every page, a few of each kind."""

import re
from collections import Counter
from collections.abc import Iterator

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

OF_A_KIND = 3
"""Addresses that differ only in their ids show the same template; three of each are looked at."""
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
BOOKS = re.compile(
    r"(?<=/khoa-hoc/)[a-z0-9-]+(?=/)|(?<=/)[a-z0-9-]+(?=\?buoc)|(?<=[?&]buoc=)[a-z0-9-]+|(?<=/luyen-tap/)[a-z0-9.-]+"
)
"""What names a lesson, its step or a practice: three of each are as good as three hundred, unless the books are the question."""
LINK = re.compile(r'<a\b[^>]*\shref="(/[^"#]*)')


def walked(
    client: FlaskClient, *starts: str, of_a_kind: int = OF_A_KIND, every_lesson: bool = False
) -> Iterator[tuple[str, TestResponse]]:
    """Every page reached from these (or from the first page), with its address; redirects are followed."""
    waiting, known, kinds = list(starts or ("/",)), set(starts or ("/",)), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address, follow_redirects=True)
        yield address, answer
        if answer.mimetype != "text/html":
            continue
        for found in LINK.findall(answer.get_data(as_text=True)):
            link = found.replace("&amp;", "&")
            kind = IDS.sub("n", link if every_lesson else BOOKS.sub("x", link))
            if link not in known and kinds[kind] < of_a_kind:
                known.add(link)
                kinds[kind] += 1
                waiting.append(link)
