"""The blueprint, and what several of its pages use."""

import re
from collections.abc import Mapping

from flask import Blueprint, Response, current_app

from lms.certificates.models import Certificate
from lms.certificates.rules import KINDS
from lms.skills.queries import framework
from lms.vietnamese import search_key

door = Blueprint("certificates", "lms.certificates", template_folder="templates")


def base_url() -> str:
    """The address others know us by: it stands on paper and in credentials."""
    return str(current_app.extensions["settings"].base_url)


def skill_names() -> Mapping[str, str]:
    """As they stand on paper: «Thanh toán»."""
    return {skill: name[:1].upper() + name[1:] for skill, name in framework().short_names.items()}


def kind_words(kind_id: str) -> str:
    """«Năm kỹ năng số cơ bản», or the name of the one skill."""
    return skill_names().get(kind_id) or KINDS[kind_id].title


def file_name(row: Certificate, ending: str) -> str:
    return f"giay-chung-nhan-{row.number:03}-{row.year}-{plain(row.name)}.{ending}"


def plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", search_key(words)).strip("-") or "giay"


def attached(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response
