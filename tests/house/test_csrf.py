"""A forged form is refused at every door, before anything else is looked at."""

from flask import Flask

from tests.house import addresses

ENGINES = ["sqlite"]


def test_a_post_without_a_token_is_refused_everywhere(app: Flask) -> None:
    client = app.test_client()
    for rule in addresses.rules(app, "POST"):
        response = client.post(addresses.example(app, rule), data={"x": "1"})
        assert response.status_code == 400, f"{rule.rule}: {response.status_code}"


def test_a_token_of_another_session_is_refused(app: Flask) -> None:
    stolen = _token(app)
    client = app.test_client()
    client.get("/dang-nhap")
    assert client.post("/ngon-ngu", data={"lang": "en", "csrf_token": stolen}).status_code == 400


def test_ones_own_token_is_accepted(app: Flask) -> None:
    client = app.test_client()
    token = _token_in(client.get("/dang-nhap").text)
    assert client.post("/ngon-ngu", data={"lang": "en", "csrf_token": token}).status_code == 303


def test_protection_cannot_be_switched_off_by_a_header(app: Flask) -> None:
    client = app.test_client()
    client.get("/dang-nhap")
    response = client.post("/ngon-ngu", json={"lang": "en"}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.status_code == 400


def _token(app: Flask) -> str:
    return _token_in(app.test_client().get("/dang-nhap").text)


def _token_in(page: str) -> str:
    field = page.split('name="csrf_token"', 1)[1]
    return field.split('value="', 1)[1].split('"', 1)[0]
