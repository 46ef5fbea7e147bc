"""Security headers on every response, errors included: no inline script or style, nothing from elsewhere."""

from flask import Flask, Response

from lms.settings import Settings

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


FEATURES = "camera=({camera}), microphone=(), geolocation=(), interest-cohort=()"


def with_camera(response: Response) -> Response:
    """The one page that may ask for the camera, and only for itself; the browser still asks the person."""
    response.headers["Permissions-Policy"] = FEATURES.format(camera="self")
    return response


def install(app: Flask, settings: Settings) -> None:
    fixed = {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": FEATURES.format(camera=""),
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
    if settings.is_https:
        fixed["Strict-Transport-Security"] = "max-age=31536000"

    always = tuple(fixed.items())

    @app.after_request
    def protect(response: Response) -> Response:
        own = response.headers.get("Permissions-Policy")
        response.headers.extend(always)
        if own is not None:
            response.headers["Permissions-Policy"] = own
        if "Cache-Control" not in response.headers:
            # ASVS 14.3.2: a page may name a person, and the next user of a shared computer must not find it.
            response.headers["Cache-Control"] = "no-store"
        return response
