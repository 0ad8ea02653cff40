# SPDX-License-Identifier: Apache-2.0
"""Tables as Markdown has them, which also read well in a terminal."""

NAMES = {"nova": "nova", "empty": "empty servlet", "ours": "nova-compat metadata",
         "bare": "its statements on bare JDBC"}


def table(head, body):
    cells = [head] + [[text(cell) for cell in row] for row in body]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def text(value):
    if value is None:
        return "-"
    if isinstance(value, float):
        return "%.0f" % value if value >= 1000 else "%.1f" % value if value >= 10 else "%.2f" % value
    return str(value)


def spread(ratio):
    """'median (lowest to highest)' of a ratio's rounds."""
    if not ratio:
        return "-"
    return "%s (%s to %s)" % (text(ratio["median"]), text(ratio["lowest"]), text(ratio["highest"]))


def latency_rows(servers, to_others):
    return [[NAMES[name], spread(to_others.get(name)), each["rps"], each["p50_ms"], each["p99_ms"], each["errors"],
             each["failed_rounds"]] for name, each in servers.items()]
