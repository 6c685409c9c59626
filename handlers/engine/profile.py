"""The part of XLSForm that works in a conversation: columns, question types, own columns."""

from __future__ import annotations

OWN_PREFIX = "bind::cd:"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


OWN_COLUMNS = _names(
    "kind unit aggregate carry confirm_above confirm_when anomaly per max_files max_length short section shares"
)
OWN_KINDS = _names("money count int percent dec yn")
AGGREGATES = _names("sum last avg count_by_choice list none")

SURVEY_COLUMNS = _names(
    "type name label hint guidance_hint required required_message relevant constraint constraint_message"
    " calculation choice_filter default readonly repeat_count trigger appearance parameters media image audio video"
    " note body bind instance autoplay"
)
CHOICE_COLUMNS = _names("list_name list name label value media image audio video")
SYNONYMS = {
    "relevance": "relevant",
    "calculate": "calculation",
    "caption": "label",
    "read_only": "readonly",
    "required message": "required_message",
    "constraint message": "constraint_message",
    "list name": "list_name",
}

ASKED = _names(
    "text string integer int decimal date time datetime select_one select_multiple acknowledge trigger"
    " image photo file audio video geopoint range note select_one_from_file"
)
SILENT = _names("calculate hidden today start end username")
BLANK = _names("deviceid simserial phonenumber subscriberid email instance_id")
STRUCTURE = _names("begin_group end_group begin_repeat end_repeat")
SUPPORTED = ASKED | SILENT | BLANK | STRUCTURE
SELECTS = frozenset({"select_one", "select_multiple"})
MANY_CHOICES = 20

_WORDY = {
    "begin group": "begin_group",
    "end group": "end_group",
    "begin repeat": "begin_repeat",
    "end repeat": "end_repeat",
    "select one from": "select_one",
    "select all that apply from": "select_multiple",
    "select one": "select_one",
    "select multiple": "select_multiple",
}


def type_of(cell: str) -> tuple[str, str]:
    """A type cell taken apart: the type, and the list that it names."""
    words = " ".join(cell.split())
    for wordy, name in _WORDY.items():
        if words.lower() == wordy or words.lower().startswith(wordy + " "):
            words = name + words[len(wordy) :]
    kind, _, rest = words.partition(" ")
    return kind.lower(), rest.split(" ")[0] if rest else ""
