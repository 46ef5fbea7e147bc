"""How much of a name a stranger sees: first letters, until they type the name themselves. Pure."""

from lms.vietnamese import search_key


def veiled(name: str) -> str:
    """«B. T. L.»: enough for whoever knows the person, little for the curious."""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word)


def same_name(typed: str, name: str) -> bool:
    """Accents and capitals aside: a phone without a Vietnamese keyboard asks too."""
    return bool(search_key(typed)) and " ".join(search_key(typed).split()) == " ".join(search_key(name).split())
