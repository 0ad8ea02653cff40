# SPDX-License-Identifier: Apache-2.0
"""What Python, and what nova uses of it, makes of texts: the judge of the fuzz tests.

Reads lines `NAME HEX`, answers each with a line of hexadecimal, `!` where Python refuses the text, or `?` where what
it takes is not installed. All texts are UTF-8.
"""

import base64
import json
import posixpath
import struct
import sys


def rewritten(text):
    return json.dumps(json.loads(text))


def number(text):
    return json.dumps(struct.unpack(">d", bytes.fromhex(text))[0])


def decoded(text):
    return base64.b64decode(text.encode("ascii")).hex()


def normalised(path):
    return posixpath.normpath("/" + path.lstrip("/"))


def network(text):
    import netaddr

    net = netaddr.IPNetwork(text)
    return " ".join(str(part) for part in (net.version, net.ip, net.network, net.netmask, net.broadcast))


def address(text):
    import netaddr

    return str(netaddr.IPAddress(text).version)


def typed(name):
    def parse(text):
        from oslo_config import types

        return json.dumps(getattr(types, name)()(text))

    return parse


def assignments(text):
    from oslo_config import iniparser

    class Parser(iniparser.BaseParser):
        def __init__(self):
            super().__init__()
            self.section = None
            self.found = []

        def new_section(self, section):
            self.section = section

        def assignment(self, key, value):
            if self.section is None:
                raise ValueError("an option before the first group")
            self.found.append([self.section, key, "\n".join(value)])

    parser = Parser()
    parser.parse(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return json.dumps(parser.found)


def options(text):
    import io

    from pymysql import optionfile

    parser = optionfile.Parser()
    parser.read_file(io.StringIO(text, newline=None))
    return json.dumps({group: dict(parser.items(group)) for group in parser.sections()})


def url(text):
    from sqlalchemy.engine import make_url

    parts = make_url(text)
    return json.dumps([parts.username, parts.password, parts.host, parts.port, parts.database])


def accepted(header):
    from webob import acceptparse

    offers = acceptparse.create_accept_header(header).acceptable_offers(["text/plain", "text/html", "application/json"])
    return offers[0][0] if offers else ""


JUDGES = {
    "json": rewritten,
    "float": number,
    "base64": decoded,
    "path": normalised,
    "network": network,
    "address": address,
    "integer": typed("Integer"),
    "seconds": typed("Float"),
    "boolean": typed("Boolean"),
    "list": typed("List"),
    "assignments": assignments,
    "options": options,
    "url": url,
    "accept": accepted,
}

for line in sys.stdin:
    name, _, question = line.strip().partition(" ")
    try:
        answer = JUDGES[name](bytes.fromhex(question).decode()).encode().hex()
    except ImportError:
        answer = "?"
    except Exception:
        answer = "!"
    print(answer, flush=True)
