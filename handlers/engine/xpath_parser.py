"""XPath expression text → syntax tree; what is not XPath is refused with a hint for the form's author."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

MAX_LENGTH = 10_000
MAX_DEPTH = 60


class ExpressionError(ValueError):
    """An expression that a form may not contain; the message is for the form's author."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number."""

    value: float


@dataclass(frozen=True, slots=True)
class Literal:
    """Text in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path with its conditions."""

    name: str
    predicates: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Where a value is found; `base` is the call that a path of another instance begins with."""

    start: OneOf["root", "here", "current", "reference", "instance"]
    steps: tuple[Step, ...]
    base: Call | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A function called."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and what joins them."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Negate:
    """A minus sign before a value."""

    operand: Node


Node: TypeAlias = "Number | Literal | Path | Call | Binary | Negate"

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<literal>"[^"]*"|'[^']*')|\$\{\s*(?P<reference>[^}]*?)\s*\}"""
    r"""|(?P<mistake>==|<>|&&|\|\||//|::|[;@!{}$&](?!=)|[“”‘’])"""
    r"""|(?P<operator><=|>=|!=|\.\.|[()\[\],/|+\-*=<>.])"""
    r"""|(?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?))"""
)
_HINTS = {
    "==": "so sánh bằng chỉ viết một dấu =",
    "<>": "khác nhau viết là !=",
    "&&": "“và” viết là and",
    "||": "“hoặc” viết là or",
    ";": "các tham số cách nhau bằng dấu phẩy, không phải dấu chấm phẩy",
    "//": "không dùng được //",
    "@": "không dùng được thuộc tính @",
    "::": "không dùng được trục ::",
    "!": "phủ định viết là not(…)",
}
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise ExpressionError(f"không hiểu ký tự “{text[position:].strip()[:1]}”")
        kind = match.lastgroup or ""
        if kind == "mistake":
            raise ExpressionError(_HINTS.get(match[kind], f"không dùng được ký hiệu {match[kind]}"))
        found.append(_Token(kind, match[kind]))
        position = match.end()
    return found


class _Parser:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.at = 0
        self.depth = 0

    def peek(self, ahead: int = 0) -> _Token:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else _Token("end", "")

    def take(self) -> _Token:
        token = self.peek()
        self.at += 1
        return token

    def sees(self, *operators: str) -> bool:
        token = self.peek()
        return token.kind == "operator" and token.text in operators

    def accept(self, operator: str) -> bool:
        if self.sees(operator):
            self.at += 1
            return True
        return False

    def expect(self, operator: str) -> None:
        if not self.accept(operator):
            found = self.peek().text
            raise ExpressionError(f"thiếu “{operator}”" + (f" trước “{found}”" if found else " ở cuối"))

    def expression(self, level: int = 0) -> Node:
        if level == 0:
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise ExpressionError("biểu thức lồng nhau quá sâu")
        if level == len(_LEVELS):
            return self.unary()
        left = self.expression(level + 1)
        while self.peek().kind in {"operator", "name"} and self.peek().text in _LEVELS[level]:
            operator = self.take().text
            left = Binary(operator, left, self.expression(level + 1))
        if level == 0:
            self.depth -= 1
        return left

    def unary(self) -> Node:
        signs = 0
        while self.accept("-"):
            signs += 1
        operand = self.operand()
        for _ in range(signs):
            operand = Negate(operand)
        return operand

    def operand(self) -> Node:
        token = self.peek()
        if token.kind == "number":
            return Number(float(self.take().text))
        if token.kind == "literal":
            return Literal(self.take().text[1:-1])
        if token.kind == "name" and self.peek(1) == _Token("operator", "("):
            return self.call()
        if self.accept("("):
            inner = self.expression()
            self.expect(")")
            return inner
        return self.path()

    def call(self) -> Node:
        name = self.take().text
        self.expect("(")
        arguments: list[Node] = []
        while not self.sees(")"):
            if arguments:
                self.expect(",")
            arguments.append(self.expression())
        self.expect(")")
        if name == "current" and not arguments:
            return Path("current", self.more_steps())
        call = Call(name, tuple(arguments))
        return Path("instance", self.more_steps(), call) if name == "instance" else call

    def path(self) -> Path:
        token = self.peek()
        if token.kind == "reference":
            self.take()
            if not token.text or "#" in token.text:
                raise ExpressionError(f"không dùng được ${{{token.text}}}")
            return Path("reference", (Step(token.text, self.predicates()), *self.more_steps()))
        if self.accept("/"):
            return Path("root", (self.step(), *self.more_steps()))
        return Path("here", (self.step(), *self.more_steps()))

    def more_steps(self) -> tuple[Step, ...]:
        steps: list[Step] = []
        while self.accept("/"):
            steps.append(self.step())
        return tuple(steps)

    def step(self) -> Step:
        token = self.take()
        if token.kind == "name" or token.text in {".", ".."}:
            return Step(token.text, self.predicates())
        if token.kind == "end":
            raise ExpressionError("biểu thức chưa viết hết")
        raise ExpressionError(f"không hiểu “{token.text}” ở vị trí này")

    def predicates(self) -> tuple[Node, ...]:
        found: list[Node] = []
        while self.accept("["):
            found.append(self.expression())
            self.expect("]")
        return tuple(found)


def parse(text: str) -> Node:
    """The syntax tree of an expression; ExpressionError says what is wrong with it."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError("biểu thức quá dài")
    parser = _Parser(text)
    if not parser.tokens:
        raise ExpressionError("biểu thức để trống")
    node = parser.expression()
    if parser.peek().kind != "end":
        raise ExpressionError(f"thừa hoặc đặt sai “{parser.peek().text}”")
    return node
