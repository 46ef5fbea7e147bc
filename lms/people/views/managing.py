"""The administrator's pages about people: find, add, give accounts and roles, reset, disable."""

from datetime import timedelta

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from wtforms.fields import SelectChoice

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right, Role
from lms.clock import now, today
from lms.db import db
from lms.people import actions, passwords, queries
from lms.people.forms import AccountForm, BareForm, PersonForm, RoleForm
from lms.people.models import Account, Person, RoleGrant
from lms.people.views.doors import door
from lms.places import queries as places
from lms.vietnamese import slug
from lms.web.pages import say
from lms.web.paging import page_of
from lms.web.refusing import refusing

PAGE = 40
FIRST_PASSWORD_LIVES = timedelta(days=14)

ROLE_WORDS = {
    Role.TEACHER: "Giáo viên",
    Role.PRINCIPAL: "Hiệu trưởng, giám đốc trung tâm",
    Role.COMMUNE_OFFICER: "Cán bộ xã",
    Role.REGION_OFFICER: "Cán bộ vùng",
    Role.PROVINCE_OFFICER: "Cán bộ tỉnh",
    Role.QUESTION_AUTHOR: "Người soạn câu hỏi",
    Role.QUESTION_REVIEWER: "Người duyệt câu hỏi",
    Role.ADMIN: "Quản trị viên",
}
AT_A_SITE = frozenset({Role.TEACHER, Role.PRINCIPAL})
EVERYWHERE = frozenset({Role.ADMIN, Role.QUESTION_AUTHOR, Role.QUESTION_REVIEWER})


@door.get("/nguoi")
@allow(Right.MANAGE_PEOPLE)
def people():
    words = request.args.get("tim", "")
    wanted = queries.found(select(Person), words)
    page = page_of(
        wanted,
        (Person.name_key, Person.id),
        request.args.get("sau"),
        PAGE,
        lambda person: (person.name_key, person.id),
        scalars=True,
    )
    ids = [person.id for person in page.rows]
    journal.note_read("person", ids, "list") if ids else None
    summary = queries.summaries(ids, today())
    return render_template(
        "people/people.html", page=page, words=words, summary=summary, role_words=ROLE_WORDS, staff=None
    )


@door.route("/nguoi/them", methods=["GET", "POST"])
@allow(Right.MANAGE_PEOPLE)
def add_person():
    form = PersonForm()
    if form.validate_on_submit():
        with refusing(form):
            person = actions.create_person(form.full_name.data, form.birth_year.data, form.gender.data or None)
            say(_("Đã thêm %(name)s. Bước tiếp: tạo tài khoản.", name=person.full_name))
            return redirect(url_for("people.person", person_id=person.id), 303)
    return render_template("people/person_form.html", form=form, person=None), _status()


@door.get("/nguoi/<int:person_id>")
@allow(Right.MANAGE_PEOPLE)
def person(person_id: int):
    row = _person(person_id)
    journal.note_read("person", row.id, "account")
    return render_template(
        "people/person.html",
        person=row,
        account=queries.account_of(row.id),
        grants=_grants_in_words(queries.roles_of(row.id, today())),
        sign_ins=queries.open_sign_ins(row.id),
        form=BareForm(),
    )


@door.route("/nguoi/<int:person_id>/sua", methods=["GET", "POST"])
@allow(Right.MANAGE_PEOPLE)
def edit_person(person_id: int):
    row = _person(person_id)
    form = PersonForm(full_name=row.full_name, birth_year=row.birth_year, gender=row.gender or "")
    if form.validate_on_submit():
        with refusing(form):
            actions.correct_person(row, form.full_name.data, form.birth_year.data, form.gender.data or None)
            say(_("Đã sửa."))
            return redirect(url_for("people.person", person_id=row.id), 303)
    return render_template("people/person_form.html", form=form, person=row), _status()


@door.route("/nguoi/<int:person_id>/tai-khoan", methods=["GET", "POST"])
@allow(Right.MANAGE_PEOPLE)
def add_account(person_id: int):
    row = _person(person_id)
    form = AccountForm(username=_suggested_username(row))
    if form.validate_on_submit():
        first = passwords.first_password()
        hashed = passwords.hash_of(first)
        with refusing(form):
            made = actions.create_account(row, form.username.data.strip().lower(), hashed)
            made.first_password_until = now() + FIRST_PASSWORD_LIVES
            return render_template("people/first_password.html", person=row, username=made.username, password=first)
    return render_template("people/account_form.html", form=form, person=row), _status()


@door.post("/nguoi/<int:person_id>/dat-lai-mat-khau")
@allow(Right.MANAGE_PEOPLE)
def reset_password(person_id: int):
    row, account = _person(person_id), _account(person_id)
    first = passwords.first_password()
    hashed = passwords.hash_of(first)
    actions.set_password(account, hashed, must_change=True)
    account.first_password_until = now() + FIRST_PASSWORD_LIVES
    actions.end_all_sign_ins(row.id)
    return render_template("people/first_password.html", person=row, username=account.username, password=first)


@door.post("/nguoi/<int:person_id>/khoa")
@allow(Right.MANAGE_PEOPLE)
def disable(person_id: int):
    if person_id == current_user.person_id:
        abort(422)
    actions.disable_account(_account(person_id))
    say(_("Đã khoá tài khoản và đăng xuất mọi máy."), undo=url_for("people.enable", person_id=person_id))
    return redirect(url_for("people.person", person_id=person_id), 303)


@door.post("/nguoi/<int:person_id>/mo-khoa")
@allow(Right.MANAGE_PEOPLE)
def enable(person_id: int):
    actions.enable_account(_account(person_id))
    say(_("Đã mở khoá tài khoản."))
    return redirect(url_for("people.person", person_id=person_id), 303)


@door.post("/nguoi/<int:person_id>/dang-xuat")
@allow(Right.MANAGE_PEOPLE)
def end_sessions(person_id: int):
    actions.end_all_sign_ins(_person(person_id).id)
    say(_("Đã đăng xuất người này khỏi mọi máy."))
    return redirect(url_for("people.person", person_id=person_id), 303)


@door.route("/nguoi/<int:person_id>/vai-tro", methods=["GET", "POST"])
@allow(Right.MANAGE_PEOPLE)
def give_role(person_id: int):
    row = _person(person_id)
    form = RoleForm(from_on=today())
    form.role.choices = [SelectChoice(str(role), words) for role, words in ROLE_WORDS.items()]
    form.where.choices = _places()
    if form.validate_on_submit():
        role, where = Role(form.role.data), form.where.data
        problem = _place_problem(role, where)
        if problem:
            form.where.errors = [problem]
        else:
            with refusing(form):
                until = form.until_on.data + timedelta(days=1) if form.until_on.data else None
                site, unit = _parsed_place(where)
                actions.grant_role(
                    row.id,
                    role,
                    form.from_on.data,
                    unit_id=None if role in AT_A_SITE | EVERYWHERE else unit,
                    site_id=site if role in AT_A_SITE else None,
                    until_on=until,
                    title=form.title.data or "",
                    granted_by=current_user.person_id,
                )
                say(_("Đã giao vai trò."))
                return redirect(url_for("people.person", person_id=row.id), 303)
    return render_template("people/role_form.html", form=form, person=row), _status()


@door.post("/nguoi/<int:person_id>/vai-tro/<int:grant_id>/thoi")
@allow(Right.MANAGE_PEOPLE)
def end_role(person_id: int, grant_id: int):
    grant = db.session.get(RoleGrant, grant_id)
    if grant is None or grant.person_id != person_id:
        abort(404)
    if grant.person_id == current_user.person_id and grant.role == Role.ADMIN:
        abort(422)
    actions.end_role(grant, today())
    say(_("Đã thôi vai trò từ hôm nay."))
    return redirect(url_for("people.person", person_id=person_id), 303)


def _person(person_id: int) -> Person:
    return db.session.get(Person, person_id) or abort(404)


def _account(person_id: int) -> Account:
    return queries.account_of(person_id) or abort(404)


def _suggested_username(person: Person) -> str:
    """«bui.thi.lan», with a number when taken."""
    plain = slug(person.full_name).replace("-", ".")
    return queries.free_username(plain)


def _places() -> list[SelectChoice]:
    kinds = places.kinds()
    units = [
        SelectChoice(f"unit:{unit.id}", places.full_name(unit, kinds))
        for level in ("province", "grouping", "commune")
        for unit in places.units_of_level(level, today())
    ]
    return [
        SelectChoice("", _("Chọn nơi")),
        *(SelectChoice(f"site:{site.id}", site.name) for site in places.sites(today())),
        *units,
    ]


def _place_problem(role: Role, where: str) -> str:
    if role in EVERYWHERE:
        return ""
    if role in AT_A_SITE and not where.startswith("site:"):
        return str(_("Vai trò này cần chọn một trường hoặc trung tâm."))
    if role not in AT_A_SITE and not where.startswith("unit:"):
        return str(_("Vai trò này cần chọn một xã, vùng hoặc tỉnh."))
    return ""


def _parsed_place(where: str) -> tuple[int | None, int | None]:
    kind, _colon, number = where.partition(":")
    return (int(number) if kind == "site" else None, int(number) if kind == "unit" else None)


def _grants_in_words(grants: list[RoleGrant]) -> list[tuple[RoleGrant, str, str]]:
    kinds = places.kinds()
    sites = {site.id: site.name for site in places.sites(today())}
    rows = []
    for grant in grants:
        unit = places.unit_by_id(grant.unit_id) if grant.unit_id else None
        where = places.full_name(unit, kinds) if unit else sites.get(grant.site_id or 0, "")
        rows.append((grant, ROLE_WORDS.get(Role(grant.role), grant.role), where))
    return rows


def _status() -> int:
    return 422 if request.method == "POST" else 200
