"""Every part of the look on a few pages, without rooms and database: `python -m tests.web.gallery` serves them.

The tests draw from it; whoever changes the look opens it beside the drawings, narrow and wide, light and dark.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, abort, render_template, request
from flask_babel import Babel
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from wtforms import BooleanField, IntegerField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from lms.skills.rules.flowers import Flower, Petal, PetalState
from lms.web import drawing
from lms.web.assets import Assets

HERE = Path(__file__).parent
WEB = HERE.parents[1] / "lms" / "web"
SHORT = {"s1": "dịch vụ công", "s2": "mua sắm", "s3": "thanh toán", "s4": "tự bảo vệ", "s5": "nền tảng địa phương"}
PAGES = sorted(path.stem for path in (HERE / "pages").glob("[a-z]*.html"))


@dataclass(frozen=True)
class Me:
    name: str
    given_name: str
    role_words: str = "học sinh"

    @property
    def initial(self) -> str:
        return self.given_name[0]


@dataclass(frozen=True)
class Place:
    label: str
    url: str
    icon: str
    current: bool = False


@dataclass(frozen=True)
class Step:
    title: str
    state: str
    url: str | None = None


class MemberForm(FlaskForm):
    full_name = StringField("Họ và tên", [InputRequired()], render_kw={"autocomplete": "name"})
    birth_year = IntegerField("Năm sinh", [NumberRange(1900, 2026, "Năm sinh từ 1900 đến 2026.")])
    password = PasswordField("Mật khẩu", render_kw={"autocomplete": "current-password"})
    kin = SelectField("Quan hệ", choices=[SelectChoice("head", "chủ hộ"), SelectChoice("child", "con")])
    gender = RadioField(
        "Giới tính", choices=[SelectChoice("nam"), SelectChoice("nu", "nữ"), SelectChoice("khac", "không ghi")]
    )
    agrees = BooleanField("Đúng bác Hoà, tôi quen biết hoặc đã xem giấy tờ")


def flower(states: str, golden: bool = False) -> Flower:
    """`flower("f f d k n!")`: full, do, know, none in petal order; ! notches."""
    letters = {"f": PetalState.FULL, "d": PetalState.DO, "k": PetalState.KNOW, "n": PetalState.NONE}
    petals = tuple(
        Petal(skill, letters[word[0]], word.endswith("!")) for skill, word in zip(SHORT, states.split(), strict=True)
    )
    missing = [SHORT[petal.skill] for petal in petals if petal.state != "full"]
    text = f"{5 - len(missing)}/5 kỹ năng" + (f" · thiếu: {', '.join(missing)}" if missing else "")
    return Flower(petals, golden, text)


def create_gallery() -> Flask:
    app = Flask(__name__, static_folder=None)
    app.config.update(SECRET_KEY="for the gallery only", BABEL_DEFAULT_LOCALE="vi", WTF_CSRF_CHECK_DEFAULT=False)
    app.jinja_loader = ChoiceLoader([FileSystemLoader(WEB / "templates"), FileSystemLoader(HERE / "pages")])
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app)
    CSRFProtect(app)
    assets = Assets(WEB / "static")
    app.jinja_env.globals.update(static_url=assets.url)
    drawing.install(app.jinja_env)
    _add_doors(app, assets)
    app.context_processor(_shared)
    return app


def _add_doors(app: Flask, assets: Assets) -> None:
    people, web = Blueprint("people", __name__), Blueprint("web", __name__)
    people.add_url_rule("/tai-khoan", "account", lambda: "")
    people.add_url_rule("/dang-nhap", "sign_in", lambda: "")
    web.add_url_rule("/ngon-ngu", "switch_language", lambda: "", methods=["POST"])
    app.register_blueprint(people)
    app.register_blueprint(web)

    @app.get("/static/<path:name>")
    def asset(name: str) -> Response:
        found = assets.get(name)
        return Response(found.content, mimetype=found.kind) if found else abort(404)

    @app.route("/<page>", methods=["GET", "POST"])
    def page(page: str) -> str:
        if page not in PAGES:
            abort(404)
        return render_template(f"{page}.html", form=_form(), flower=flower, Step=Step, **_error_words())


def _form() -> MemberForm:
    form = MemberForm(data={"full_name": "Bùi Văn Sơn", "birth_year": 3080, "gender": "nu", "agrees": True})
    if request.args.get("sai"):
        form.validate()
    return form


def _error_words() -> dict[str, Any]:
    return {
        "status": 404,
        "back": None,
        "title": "Không có trang này",
        "happened": "Địa chỉ sai hoặc bài đã chuyển chỗ.",
        "kept": "Những gì đã báo «Đã lưu» vẫn còn nguyên.",
    }


def _shared() -> dict[str, Any]:
    signed_in = "khach" not in request.args
    handed = request.args.get("trao")
    nav = (Place("Việc", "/parts", "home", True), Place("Bài học", "/lesson", "book"), Place("Tập", "/practice", "phone"),
           Place("Hoa", "/flowers", "flower"), Place("Sổ điểm", "/tables", "list"))  # fmt: skip
    return {
        "me": Me("Bùi Thị Lan", "Lan") if signed_in and not handed else None,
        "nav": nav if signed_in and not handed else (),
        "handed_over": {"learner_name": handed} if handed else None,
        "seat": None,
        "way": None,
        "locale": "vi",
        "languages": {"vi": "Tiếng Việt", "en": "English"},
        "here": request.full_path,
        "notices": [{"text": "Đã lưu phiếu của bác Hoà", "kind": "good", "undo": "/parts"}]
        if "bao" in request.args
        else [],
    }


if __name__ == "__main__":
    create_gallery().run(port=8077)
