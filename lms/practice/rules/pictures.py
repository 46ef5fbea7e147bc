"""The pictures there are to combine, and which of them one practice uses."""

from collections.abc import Iterator, Mapping
from typing import Any

DRAWN = tuple(
    """
    bank-card book child commune-office done fan field flooded-road gift
    grandfather grandmother health-station honey house id-card lamp-broken landslide man
    map market officer paper-blurred paper-clear paper-cut paper-finger paper-glare paper-other parcel
    parcel-blurred parcel-broken parcel-clear pot product-ad qr qr-pasted qr-stand receipt
    rice road-good road-hole road-hole-blurred road-hole-far rubbish school seeds selfie
    shirt shirt-torn shoes shop stranger telephone warning woman
    """.split()
)
"""The names a YAML file may give under `drawn:`; each is drawn in templates/practice/_pictures.html."""


def pictures_in(spec: Mapping[str, Any]) -> list[str]:
    """What one practice needs, each once, in a fixed order."""
    return sorted(set(_asked(spec)) & set(DRAWN))


def _asked(spec: Mapping[str, Any]) -> Iterator[str]:
    for screen in spec["screens"].values():
        for item in screen["items"]:
            if item["kind"] in ("qr", "pins"):
                yield "qr" if item["kind"] == "qr" else "map"
            for part in (item, *item.get("options", ())):
                if part.get("drawn"):
                    yield part["drawn"]
