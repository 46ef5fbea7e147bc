"""XML of strangers: streamed, no document type, no entity, nothing followed, elements counted."""

from collections.abc import Callable, Iterable
from xml.parsers import expat  # bare expat: it follows nothing by itself and lets us refuse a DTD at its first letter

from lms.documents.archive import broken
from lms.documents.limits import MAX_ELEMENTS, too_much_text
from lms.refusals import Refusal

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]

_LONGEST_TAG = 1024 * 1024  # one endless tag would be kept, and read again and again


def stream(pieces: Iterable[bytes], start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Calls back with local names (`row`, not `{…}row`). Raises `Refusal` for a DTD, an entity or broken XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.SkippedEntityHandler = _refuse
    parser.StartElementHandler = _counted(start)
    if end is not None:
        parser.EndElementHandler = _local(end)
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        fed = 0
        for piece in pieces:
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                raise too_much_text()
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise broken() from None


def _counted(start: Start) -> Start:
    left = MAX_ELEMENTS

    def counted(name: str, attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise too_much_text()
        start(name.rpartition(":")[2] if ":" in name else name, attributes)

    return counted


def _local(end: End) -> End:
    return lambda name: end(name.rpartition(":")[2] if ":" in name else name)


def _refuse(*_: object) -> int:
    sentence = "Tệp chứa khai báo XML nguy hiểm nên không được nhận. Hãy chép bảng sang tệp mới rồi gửi."
    raise Refusal(sentence, "file-hostile")
