"""How much of a name a stranger sees: first letters, until they type the name themselves. Pure."""

from collections.abc import Callable


def veiled(name: str) -> str:
    """«B. T. L.»: enough for whoever knows the person, little for the curious."""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word)


def same_name(typed: str, name: str, folded: Callable[[str], str]) -> bool:
    """Accents and capitals aside (`folded` drops them): a phone without a Vietnamese keyboard asks too."""
    asked = folded(typed).split()
    return bool(asked) and asked == folded(name).split()
