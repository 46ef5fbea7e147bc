"""The address book of the running application, for the tests that knock at every door."""

from collections.abc import Iterator
from uuid import UUID

from flask import Flask
from werkzeug.routing import Rule

EXAMPLES = {"int": 1, "float": 1.0, "uuid": UUID(int=1), "path": "x/y.css", "string": "x", "default": "x"}


def rules(app: Flask, method: str) -> list[Rule]:
    return sorted((rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())), key=lambda r: r.rule)


def example(app: Flask, rule: Rule) -> str:
    """An address that fits the rule, with made-up ids."""
    values = {name: _value(converter) for name, converter in rule._converters.items()}
    with app.test_request_context():
        address = rule.build(values, append_unknown=False)
    assert address, f"no example for {rule.rule}"
    return address[1]


def untyped(rule: Rule) -> Iterator[str]:
    """Parameters written without a converter: <id> instead of <int:id>."""
    for segment in rule.rule.split("<")[1:]:
        inside = segment.split(">")[0]
        if ":" not in inside:
            yield inside


def _value(converter: object) -> object:
    kind = type(converter).__name__.removesuffix("Converter").lower()
    kind = {"integer": "int", "unicode": "string"}.get(kind, kind)
    assert kind in EXAMPLES, f"tests/house/addresses.py: give an example of <{kind}:…>"
    return EXAMPLES[kind]
