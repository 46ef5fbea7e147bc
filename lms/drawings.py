"""The drawings there are for practices and lessons; each is drawn in templates/web/_drawings.html."""

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
"""What a practice may name under `drawn:` and a drawn screen under `hinh:`."""
