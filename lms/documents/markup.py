"""XML of strangers: streamed, no document type, no entity, nothing followed, elements counted."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat  # bare expat: it follows nothing by itself and lets us refuse a DTD at its first letter

from lms.documents.archive import broken
from lms.documents.limits import MAX_ELEMENTS, too_much_text
from lms.refusals import Refusal

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]

_LONGEST_TAG = 1024 * 1024  # one endless tag would be kept, and read again and again
_MOST_IN_A_TREE = 100_000
_DEEPEST = 100


def stream(pieces: Iterable[bytes], start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Calls back with local names (`row`, not `{…}row`). Raises `Refusal` for a DTD, an entity or broken XML."""
    parser = _guarded_parser()
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


@dataclass(slots=True)
class Element:
    """One element of a small tree, with the line it begins at."""

    tag: str
    line: int
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    text: str = ""
    """Its own letters, those between its children included."""
    parts: "list[Element | str]" = field(default_factory=list)
    """Letters and children in the order they stand; only of a tree that was read `in_order`."""

    def all(self, tag: str) -> Iterator["Element"]:
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> "Element | None":
        return next(self.all(tag), None)

    def said(self, *path: str) -> str:
        """The text of the element down this path, empty where there is none."""
        at: Element | None = self
        for tag in path:
            at = at.first(tag) if at is not None else None
        return at.text.strip() if at is not None else ""


def read_tree(content: bytes, in_order: bool = False) -> Element:
    """A whole document as elements. Raises `Refusal` as `stream` does, for too many elements too, and names the line
    where the XML breaks. `in_order` keeps where letters stand among the children."""
    parser = _guarded_parser()
    root = Element("", 0, {})
    open_ones = [root]
    letters: list[list[str]] = [[]]
    left = _MOST_IN_A_TREE

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if left < 0 or len(open_ones) > _DEEPEST:
            raise Refusal("Tệp có quá nhiều phần nên không được nhận. Hãy chia thành nhiều tệp nhỏ hơn.", "file-bomb")
        made = Element(name.rpartition(":")[2], parser.CurrentLineNumber, attributes)
        open_ones[-1].children.append(made)
        if in_order:
            open_ones[-1].parts.append(made)
        open_ones.append(made)
        letters.append([])

    def said(piece: str) -> None:
        letters[-1].append(piece)
        if in_order:
            open_ones[-1].parts.append(piece)

    def end(_: str) -> None:
        open_ones.pop().text = "".join(letters.pop())

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = said
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        sentence = f"Tệp XML hỏng ở dòng {error.lineno}. Hãy xuất lại từ hệ thống cũ rồi gửi."
        raise Refusal(sentence, "file-broken") from None
    return root.children[0]


def _guarded_parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.SkippedEntityHandler = _refuse
    return parser


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
