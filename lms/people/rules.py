"""Consent and passwords."""


def password_problem(password: str, username: str) -> str:
    """Why a password will not do, in a sentence; empty when it will."""
    if len(password) < 8:
        return "Mật khẩu cần ít nhất 8 chữ."
    return "Mật khẩu không được giống tên đăng nhập." if password.lower() == username.lower() else ""


def pin_problem(pin: str) -> str:
    """Six digits, not all the same nor a run."""
    if len(pin) != 6 or not (pin.isascii() and pin.isdecimal()):
        return "Mã PIN gồm đúng 6 chữ số."
    steps = {int(b) - int(a) for a, b in zip(pin, pin[1:], strict=False)}
    return "Mã PIN dễ đoán quá. Chọn dãy số khác." if steps in ({0}, {1}, {-1}) else ""
