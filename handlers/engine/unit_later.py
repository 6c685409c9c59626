"""A sum in two messages: "5", and when it is asked of what, "triệu"."""

from __future__ import annotations

import re

from handlers.engine.glosses import gloss, without_courtesy
from handlers.engine.vietnamese import clean, words

_UNITS = {
    "nghin": "nghìn",
    "ngan": "nghìn",
    "k": "nghìn",
    "trieu": "triệu",
    "tr": "triệu",
    "ty": "tỷ",
    "ti": "tỷ",
    "dong": "đồng",
}
_UNIT = re.compile(
    rf"(?:(?:la|tinh|tinh theo|don vi(?: la)?|chac) )*(?P<unit>{'|'.join(_UNITS)})(?: (?:dong|chu|ma|chu gi|roi))*"
)


def bare(text: str) -> str:
    """The figure that the whole message is, "5 em ạ" too; empty if it says anything else."""
    line = without_courtesy(words(clean(text)))
    return line[0].plain if len(line) == 1 and line[0].figure else ""


def unit(text: str) -> str:
    """The unit of money that the whole message is; empty if it says anything else."""
    line = without_courtesy(words(clean(text)))
    # A lone "k" is short for không where anything else is asked.
    said = [word.plain for word in line] if len(line) == 1 else gloss(line)
    found = _UNIT.fullmatch(" ".join(said))
    return _UNITS[found["unit"]] if found else ""
