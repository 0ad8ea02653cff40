# SPDX-License-Identifier: Apache-2.0
"""The files of the recordings: one of them, `plain`, is whole, the others say how they differ from a base.

A file whose shape is recorded for the same requests as `plain` names it as its `base` and holds

  guest, cell   what differs from the base's
  columns       table to those columns of its only row that differ from the base's row; null is NULL
  rows          table to all its rows, where there are not as many as in the base
  answers       those that differ from the base's

where what names an instance stands for what names the other (see `Names`). Requests with the same answer are
written together: `paths` is written short (see questions.py); `method`, `caller` and `accept` may be lists, for
each with each, and are left out where they are GET, guest and none. A body is text, `base64` or, where it is
what Python's json.dumps writes, `json`; so are the columns that hold serialized objects.
"""
import base64
import itertools
import json
import os
import re
from typing import NamedTuple, Optional

import questions

BASE = "plain"
WIDTH = 120
HARD_TO_READ = re.compile("[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
USUAL = {"method": "GET", "caller": "guest", "accept": None}
SERIALIZED = {"flavor", "keypairs", "device_metadata", "numa_topology", "network_info"}


class Answer(NamedTuple):
    """What a request was answered; status 0 where nova dropped the connection."""
    status: int
    type: Optional[str] = None
    body: Optional[bytes] = None


def read(directory):
    """All recordings by shape, each a dict as in its file, but whole, with `requests` (a Question to its Answer)
    in the place of `answers`."""
    files = {}
    for name in sorted(os.listdir(directory)):
        if name.endswith(".json"):
            with open(os.path.join(directory, name), encoding="utf-8") as file:
                one = json.load(file)
            files[one["shape"]] = one
    recordings = {BASE: _whole(files.pop(BASE))} if BASE in files else {}
    for shape, one in files.items():
        recordings[shape] = _derived(one, recordings[one["base"]]) if "base" in one else _whole(one)
    return recordings


def write(directory, recordings):
    """Writes the files of all recordings, the base among them: the others are written against it."""
    base = recordings[BASE]
    for shape, one in recordings.items():
        if shape != BASE and not set(_inherited(base, Names(one))) - set(one["requests"]):
            one = _difference(one, base)
        else:
            one = {**one, "rows": {table: list(map(_parsed, rows)) for table, rows in one["rows"].items()}}
        write_file(os.path.join(directory, shape + ".json"),
                   {**{name: value for name, value in one.items() if name != "requests"},
                    "answers": written({asked: one["requests"][asked]
                                        for asked in sorted(one["requests"], key=questions.place)})})


def write_file(path, content):
    """Writes JSON with as much in each line as it holds, but for lists of objects."""
    text = _printed(content, 0, 0)
    with open(path, "w", encoding="utf-8") as file:
        file.write(HARD_TO_READ.sub(lambda match: "\\u%04x" % ord(match.group()), text) + "\n")


def _printed(value, indent, before):
    flat = json.dumps(value, ensure_ascii=False)
    if not value or not isinstance(value, (dict, list)) or (indent and indent + before + len(flat) < WIDTH):
        return flat
    inner = indent + 1
    if isinstance(value, list):
        parts, ends = [_printed(one, inner, 0) for one in value], "[]"
        joined = not any(isinstance(one, (dict, list)) for one in value)
    else:
        names = [json.dumps(name, ensure_ascii=False) + ": " for name in value]
        parts = [name + _printed(one, inner, len(name)) for name, one in zip(names, value.values())]
        ends, joined = "{}", indent > 0
    lines = _filled(parts, WIDTH - inner) if joined else parts
    return "%s\n%s\n%s" % (ends[0], ",\n".join(" " * inner + line for line in lines), " " * indent + ends[1])


def _filled(parts, width):
    """As many in a line as it holds; what has several lines stands alone."""
    lines = []
    for part in parts:
        if lines and "\n" not in lines[-1] + part and len(lines[-1]) + len(part) + 3 <= width:
            lines[-1] += ", " + part
        else:
            lines.append(part)
    return lines


class Names:
    """What names an instance in its rows and answers, and what the words of another stand for in its."""

    def __init__(self, recording):
        rows = recording["rows"]
        self.stored = {"name": recording["shape"], "uuid": recording["guest"]["instance"]}
        self.shown = {**self.stored, **{
            table: form % rows[table][0]["id"]
            for table, form in (("instance_id_mappings", "i-%08x"), ("s3_images", "ami-%08x")) if rows.get(table)}}

    def of(self, other):
        """Translates bodies of the other instance into those of this one."""
        translate = _translation(other.shown, self.shown)
        return lambda body: body and translate(body.decode("latin-1")).encode("latin-1")


def _translation(words, instead):
    """Replaces words; one within a longer one, or within a path, stays."""
    replaced = {word: instead[meaning] for meaning, word in words.items() if meaning in instead}
    if not replaced:
        return lambda text: text
    any_word = re.compile(r"(?<![\w/-])(?:%s)(?![\w-])" % "|".join(map(re.escape, replaced)), re.ASCII)
    return lambda text: any_word.sub(lambda word: replaced[word.group()], text)


def _whole(one):
    recording = {name: value for name, value in one.items() if name != "answers"}
    recording["rows"] = {table: list(map(_serialized, rows)) for table, rows in one["rows"].items()}
    return {**recording, "requests": _requests(one["answers"])}


def _derived(one, base):
    recording = {name: one[name] for name in ("shape", "why")}
    recording["cell"] = one.get("cell", base["cell"])
    recording["guest"] = {**base["guest"], **one["guest"]}
    recording.update({name: one[name] for name in ("differences",) if name in one})
    rows = {**_translated_rows(base, recording),
            **{table: list(map(_serialized, found)) for table, found in one.get("rows", {}).items()}}
    for table, changed in one.get("columns", {}).items():
        rows[table] = [_known({**rows[table][0], **_serialized(changed)})]
    recording["rows"] = {table: found for table, found in rows.items() if found}
    recording["requests"] = {**_inherited(base, Names(recording)), **_requests(one["answers"])}
    return recording


def _difference(recording, base):
    one = {name: recording[name] for name in ("shape", "why")}
    one["base"] = base["shape"]
    if recording["cell"] != base["cell"]:
        one["cell"] = recording["cell"]
    one["guest"] = _changed(recording["guest"], base["guest"])
    one.update({name: recording[name] for name in ("differences",) if name in recording})
    inherited, columns, rows = _translated_rows(base, recording), {}, {}
    for table in {**inherited, **recording["rows"]}:
        ours, theirs = recording["rows"].get(table, []), inherited.get(table, [])
        if len(ours) == len(theirs) == 1:
            columns[table] = _parsed(_changed(ours[0], theirs[0]))
        elif ours != theirs:
            rows[table] = list(map(_parsed, ours))
    one["columns"] = {table: changed for table, changed in columns.items() if changed}
    one["rows"] = rows
    answered = _inherited(base, Names(recording))
    return {**{name: value for name, value in one.items() if value != {}},
            "requests": {asked: answer for asked, answer in recording["requests"].items()
                         if answered.get(asked) != answer}}


def _changed(ours, theirs):
    return {name: ours.get(name) for name in {**theirs, **ours} if ours.get(name) != theirs.get(name)}


def _known(row):
    return {column: value for column, value in row.items() if value is not None}


def _translated_rows(base, recording):
    translate = _translation(Names(base).stored, Names({**recording, "rows": {}}).stored)
    return {table: [{column: translate(value) if isinstance(value, str) else value for column, value in row.items()}
                    for row in rows]
            for table, rows in base["rows"].items()}


def _inherited(base, names):
    """The base's answers to what it was asked in the usual way, for an instance of other names."""
    translate = names.of(Names(base))
    return {asked: answer._replace(body=translate(answer.body)) for asked, answer in base["requests"].items()
            if all(getattr(asked, name) == usual for name, usual in USUAL.items())}


def _serialized(row):
    return {column: json.dumps(value) if isinstance(value, (dict, list)) else value for column, value in row.items()}


def _parsed(row):
    return {column: _object(value) if column in SERIALIZED else value for column, value in row.items()}


def _object(text):
    """What is in the text where json.dumps wrote it; else the text."""
    try:
        value = json.loads(text)
    except (TypeError, ValueError):
        return text
    return value if isinstance(value, (dict, list)) and json.dumps(value) == text else text


def _requests(answers):
    requests = {}
    for one in answers:
        answer = Answer(one["status"], one.get("type"), _body(one))
        for method, caller, accept in itertools.product(*(_listed(one.get(name, usual))
                                                          for name, usual in USUAL.items())):
            for path in questions.expand(one["paths"]):
                requests[questions.Question(path, caller, accept, method)] = answer
    return requests


def _listed(value):
    return value if isinstance(value, list) else [value]


def _body(one):
    if "json" in one:
        return json.dumps(one["json"]).encode()
    if "base64" in one:
        return base64.b64decode(one["base64"])
    return one["body"].encode() if "body" in one else None


def written(requests):
    """Answers as the files hold them, in the order of the first request; what is as usual is left out."""
    together = {}
    for asked, answer in requests.items():
        together.setdefault((asked._replace(path=None), answer), []).append(asked.path)
    answers = [{**{name: getattr(asked, name) for name in USUAL}, **_written(answer), "paths": questions.compact(paths)}
               for (asked, answer), paths in together.items()]
    for name in reversed(USUAL):
        answers = _merged(answers, name)
    return answers


def _written(answer):
    one = {"status": answer.status}
    if answer.type is not None:
        one["type"] = answer.type
    if answer.body is not None:
        try:
            body = _object(answer.body.decode())
            one["body" if isinstance(body, str) else "json"] = body
        except UnicodeDecodeError:
            one["base64"] = base64.b64encode(answer.body).decode()
    return one


def _merged(answers, name):
    """Those together that differ in that alone, which is left out where it is as usual."""
    together = {}
    for one in answers:
        others = {other: value for other, value in one.items() if other != name}
        together.setdefault(json.dumps(others), (others, []))[1].append(one[name])
    return [others if values == [USUAL[name]] else {name: values[0] if len(values) == 1 else values, **others}
            for others, values in together.values()]
