"""XForm XML → plain parts: the nodes of the instance, their binds, the controls, the lists and the texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from handlers.engine.question import FormError, Words
from handlers.engine.xpath import Expression, ExpressionError, compile_expression
from handlers.engine.xpath_values import Item

_CONTROLS = frozenset({"input", "select", "select1", "upload", "trigger", "range"})
_CONTAINERS = frozenset({"group", "repeat"})
_ITEXT = re.compile(r"\s*jr:itext\(\s*'([^']*)'\s*\)\s*")
_SHUFFLED = re.compile(r"\s*randomize\((.*?)(?:,[^,\]\)]*)?\)\s*")
_LIST = re.compile(r"\s*instance\(\s*'([^']*)'\s*\)")


@dataclass(slots=True)
class Leaf:
    """One node of the primary instance."""

    path: str
    parent: str
    text: str


@dataclass(slots=True)
class Control:
    """How a node is shown in the body: its element, texts and choices."""

    tag: str
    path: str
    label: Words = ()
    hint: Words = ()
    count: str = ""
    nodeset: str = ""
    options: tuple[tuple[str, str], ...] = ()
    bounds: tuple[str, str] = ("", "")
    appearance: str = ""


@dataclass(slots=True)
class Document:
    """An XForm taken apart, before anything in it is compiled."""

    code: str
    title: str
    version: str
    leaves: list[Leaf]
    groups: dict[str, str]
    templates: set[str]
    rows: dict[str, int]
    binds: dict[str, dict[str, str]]
    defaults: dict[str, str]
    calculations: dict[str, str]
    controls: dict[str, Control] = field(default_factory=dict)
    layout: dict[str, list[str]] = field(default_factory=dict)
    lists: dict[str, tuple[Item, ...]] = field(default_factory=dict)
    texts: dict[str, Words] = field(default_factory=dict)

    def message(self, source: str) -> Words:
        """A message of a bind: literal, or a reference to the translations."""
        match = _ITEXT.fullmatch(source)
        return self.texts.get(match[1], ()) if match else (source,) if source else ()

    def list_name(self, nodeset: str) -> str:
        """The choice list that an itemset begins with."""
        match = _LIST.match(nodeset)
        if match is None or match[1] not in self.lists:
            raise FormError(f"Không tìm thấy danh sách lựa chọn: {nodeset}")
        return match[1]


def read_document(source: str) -> Document:
    """Take an XForm apart; FormError when it is none."""
    if "<!DOCTYPE" in source or "<!ENTITY" in source:
        raise FormError("Tệp biểu mẫu chứa khai báo DOCTYPE, không dùng được.")
    try:
        root = ET.fromstring(source)  # noqa: S314 - entities were refused above
    except ET.ParseError as error:
        raise FormError(f"Tệp biểu mẫu XML không đọc được: {error}") from error
    model = next((each for each in root.iter() if _local(each.tag) == "model"), None)
    body = next((each for each in root.iter() if _local(each.tag) == "body"), None)
    primary = next(iter(_named(model, "instance")), None) if model is not None else None
    if model is None or body is None or primary is None or not len(primary):
        raise FormError("Tệp biểu mẫu thiếu phần dữ liệu hoặc phần câu hỏi.")
    title = next((each.text or "" for each in root.iter() if _local(each.tag) == "title"), "")
    document = _instance(primary[0], title)
    _binds(document, model)
    document.texts = _texts(model)
    document.lists = _lists(document, model)
    _controls(document, body, "", ())
    return document


def plain(words: Words) -> str:
    """Words as one text in which each value is written `${name}`."""
    parts = [w if isinstance(w, str) else "${" + w.source.strip().rpartition("/")[2] + "}" for w in words]
    return "".join(parts)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _named(element: ET.Element, tag: str) -> list[ET.Element]:
    return [child for child in element if _local(child.tag) == tag]


def _instance(root: ET.Element, title: str) -> Document:
    code, version = root.get("id", _local(root.tag)), root.get("version", "")
    document = Document(code, title, version, [], {}, set(), {}, {}, {}, {})
    seen: set[str] = set()

    def visit(element: ET.Element, parent: str) -> None:
        for child in element:
            name = _local(child.tag)
            path = f"{parent}/{name}"
            if name == "meta":
                continue
            template = any(_local(key) == "template" for key in child.attrib)
            if template:
                document.templates.add(path)
            else:
                document.rows[path] = document.rows.get(path, 0) + 1
            if path not in seen:
                seen.add(path)
                if len(child):
                    document.groups[path] = parent
                    visit(child, path)
                else:
                    document.leaves.append(Leaf(path, parent, (child.text or "").strip()))

    visit(root, f"/{_local(root.tag)}")
    return document


def _binds(document: Document, model: ET.Element) -> None:
    for bind in _named(model, "bind"):
        own = {f"cd:{_local(key)}" if _is_own(key) else _local(key): v for key, v in bind.attrib.items()}
        document.binds[own.pop("nodeset", "")] = own
    for element in model.iter():
        if _local(element.tag) == "setvalue":
            document.defaults[element.get("ref", "")] = element.get("value", "") or f"'{element.text or ''}'"


def _is_own(key: str) -> bool:
    return key.startswith("{urn:congdoan:")


def _words(element: ET.Element) -> Words:
    found: list[str | Expression] = [element.text or ""]
    for child in element:
        if _local(child.tag) == "output":
            found.append(_compiled(child.get("value", ""), "nhãn"))
        found.append(child.tail or "")
    return _trimmed([each for each in found if each != ""])


def _compiled(source: str, where: str) -> Expression:
    try:
        return compile_expression(source.strip())
    except ExpressionError as error:
        raise FormError(f"{where}: {error} ({source.strip()})") from error


def _trimmed(parts: list[str | Expression]) -> Words:
    if parts and isinstance(first := parts[0], str):
        parts[0] = first.lstrip()
    if parts and isinstance(last := parts[-1], str):
        parts[-1] = last.rstrip()
    return tuple(each for each in parts if each != "")


def _texts(model: ET.Element) -> dict[str, Words]:
    """The default language's texts; what it lacks is taken from the other languages."""
    translations = [each for itext in _named(model, "itext") for each in _named(itext, "translation")]
    translations.sort(key=lambda each: "default" not in each.attrib)
    texts: dict[str, Words] = {}
    for translation in translations:
        for entry in _named(translation, "text"):
            for value in _named(entry, "value"):
                words = _words(value)
                if "form" not in value.attrib and words and words != ("-",):
                    texts.setdefault(entry.get("id", ""), words)
    return texts


def _lists(document: Document, model: ET.Element) -> dict[str, tuple[Item, ...]]:
    lists: dict[str, tuple[Item, ...]] = {}
    for instance in _named(model, "instance")[1:]:
        rows = []
        for item in (each for root in instance for each in root):
            row = {_local(cell.tag): (cell.text or "").strip() for cell in item}
            if "itextId" in row:
                row.setdefault("label", plain(document.texts.get(row["itextId"], ())))
            rows.append(row)
        lists[instance.get("id", "")] = tuple(rows)
    return lists


def _controls(document: Document, element: ET.Element, place: str, label: Words) -> None:
    for child in element:
        tag = _local(child.tag)
        if tag in _CONTAINERS:
            path = child.get("nodeset") or child.get("ref") or place
            own = _shown(document, child, "label") or (label if tag == "repeat" else ())
            if path != place or tag == "repeat":
                if path not in document.controls:
                    document.layout.setdefault(place, []).append(path)
                count = next((v for key, v in child.attrib.items() if _local(key) == "count"), "")
                document.controls[path] = Control(tag, path, own, count=count)
            _controls(document, child, path, own)
        elif tag in _CONTROLS:
            control = _control(document, child, tag)
            document.controls[control.path] = control
            document.layout.setdefault(place, []).append(control.path)
        elif tag not in {"label", "hint", "help", "setvalue", "title"}:
            raise FormError(f"Chưa dùng được loại câu hỏi “{tag}” ({child.get('ref', '')}).")


def _control(document: Document, element: ET.Element, tag: str) -> Control:
    path = element.get("ref", "")
    for changed in _named(element, "setvalue"):
        document.calculations[changed.get("ref", "")] = changed.get("value", "")
    itemset = next(iter(_named(element, "itemset")), None)
    return Control(
        tag,
        path,
        _shown(document, element, "label"),
        _shown(document, element, "hint"),
        nodeset="" if itemset is None else _in_order(itemset.get("nodeset", "")),
        bounds=(element.get("start", ""), element.get("end", "")),
        appearance=element.get("appearance", "").strip(),
        options=tuple(_options(document, element)),
    )


def _in_order(nodeset: str) -> str:
    """A list that is to be shuffled keeps its order: people answer with its numbers, and read them again later."""
    match = _SHUFFLED.fullmatch(nodeset)
    return match[1] if match else nodeset


def _options(document: Document, element: ET.Element) -> Iterator[tuple[str, str]]:
    for item in _named(element, "item"):
        name = next((each.text or "" for each in _named(item, "value")), "").strip()
        if name:
            yield name, plain(_shown(document, item, "label"))


def _shown(document: Document, element: ET.Element, tag: str) -> Words:
    for each in _named(element, tag):
        reference = each.get("ref")
        return document.message(reference) if reference else _words(each)
    return ()
