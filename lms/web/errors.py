"""Error pages: what happened, what was kept, what to do, in one sentence each."""

from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException, NotFound

from lms.db import db
from lms.refusals import Refusal

RETRY_AFTER_SECONDS = 5


def install(app: Flask) -> None:
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(OperationalError, database_busy)
    app.register_error_handler(OverflowError, no_such_number)
    app.register_error_handler(DataError, no_such_number)
    app.register_error_handler(500, broken)


def refused(refusal: Refusal) -> Response:
    """An act said no outside a form of its own: the sentence, and the way back."""
    db.session.rollback()
    return _page(422, _("Chưa làm được"), refusal.sentence, _("Chưa có gì bị thay đổi."), back=True)


def stale_form(error: CSRFError) -> Response:
    return _page(
        400,
        _("Trang này đã cũ"),
        _("Trang đã mở quá lâu, hoặc đã đăng xuất ở thẻ khác."),
        _("Những gì đã lưu trước đó vẫn còn. Quay lại, tải lại trang rồi gửi lần nữa."),
        back=True,
    )


def http_error(error: HTTPException) -> Response:
    db.session.rollback()
    status = error.code or 500
    if status in (301, 302, 303, 307, 308) and error.response is not None:
        return make_response(error.response)
    title, happened, kept = sentences().get(status, sentences()[500])
    response = _page(status, title, happened, kept, back=status in (400, 413, 422))
    if error.response is None:
        for name, value in error.get_headers():
            if name.lower() in ("retry-after", "allow"):
                response.headers[name] = value
    return response


def database_busy(error: OperationalError) -> Response:
    """The lock could not be had within its patience: say so and ask to come back, instead of a bare error."""
    db.session.rollback()
    text = str(error.orig).lower()
    if "locked" not in text and "busy" not in text and "full" not in text and "timeout" not in text:
        raise error
    title, happened, kept = sentences()[503]
    response = _page(503, title, happened, kept, back=True)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def no_such_number(error: OverflowError | DataError) -> Response:
    """A number in an address or a form too long for the database is the number of nothing."""
    known = "out of range" if isinstance(error, DataError) else "sqlite"
    if known not in str(getattr(error, "orig", error)).lower():
        raise error
    return http_error(NotFound())


def broken(error: Exception) -> Response:
    db.session.rollback()
    title, happened, kept = sentences()[500]
    return _page(500, title, happened, kept)


def sentences() -> dict[int, tuple[str, str, str]]:
    """What each status says: title, what happened, what was kept and what to do."""
    saved = _("Những gì đã báo «Đã lưu» vẫn còn nguyên.")
    return {
        400: (_("Máy chủ chưa hiểu"), _("Thông tin gửi lên bị thiếu hoặc sai dạng."), saved),
        401: (_("Cần đăng nhập"), _("Trang này cần đăng nhập, hoặc phiên làm việc đã hết."), saved),
        403: (_("Chưa được phép"), _("Tài khoản này không có quyền làm việc đó."), _("Chưa có gì bị thay đổi.")),
        404: (_("Không tìm thấy trang"), _("Địa chỉ có thể gõ sai, hoặc trang không dành cho tài khoản này."), saved),
        405: (_("Không làm như vậy được"), _("Trang này không nhận cách gửi đó."), saved),
        413: (
            _("Tệp quá lớn"),
            _("Tệp gửi lên lớn hơn 10 MB."),
            _("Chưa có gì được nhập. Chia nhỏ tệp, hoặc thu nhỏ ảnh, rồi gửi lại."),
        ),
        422: (_("Chưa làm được"), _("Thông tin chưa dùng được."), _("Chưa có gì bị thay đổi.")),
        429: (
            _("Thử quá nhiều lần"),
            _("Đã thử sai quá nhiều lần trong thời gian ngắn."),
            _("Chờ 15 phút rồi thử lại."),
        ),
        500: (_("Máy chủ gặp lỗi"), _("Lỗi này là của máy chủ, không phải do người dùng."), saved),
        503: (_("Máy chủ đang bận"), _("Nhiều người cùng lưu một lúc."), saved + " " + _("Chờ vài giây rồi gửi lại.")),
    }


def _page(status: int, title: str, happened: str, kept: str, back: bool = False) -> Response:
    fields = {"status": status, "title": title, "happened": happened, "kept": kept}
    referrer = request.referrer or ""
    target = referrer if back and referrer.startswith(request.host_url) else "/"
    page = render_template("web/error.html", **fields, back=target if back else None)
    return make_response(page, status)
