# SPDX-License-Identifier: Apache-2.0
"""What every instance is asked, and how the paths of equal answers are written short.

A set of paths is written with braces, as a shell would: `{a,b}` is a or b, `{first..last}` is every
version from first to last in the order of the lists below, and an empty alternative stands for
nothing: `/{1.0..2007-03-01,latest}{,/meta-data}` is eight paths.
"""
import itertools
import re
from typing import NamedTuple, Optional

EC2 = ["1.0", "2007-01-19", "2007-03-01", "2007-08-29", "2007-10-10", "2007-12-15", "2008-02-01",
       "2008-09-01", "2009-04-04", "latest"]
OPENSTACK = ["2012-08-10", "2013-04-04", "2013-10-17", "2015-10-15", "2016-06-30", "2016-10-06",
             "2017-02-22", "2018-08-27", "2020-10-14", "latest"]
FILES = ["", "/meta_data.json", "/network_data.json", "/user_data", "/vendor_data.json",
         "/vendor_data2.json", "/password"]
MAPPINGS = ["ami", "root", "swap", "ebs0", "ebs1", "ebs2", "ebs3", "ephemeral0", "ephemeral1", "ephemeral2"]
LEAVES = ["", "/user-data", "/meta-data", "/meta-data/"] + ["/meta-data/" + leaf for leaf in [
    "ami-id", "ami-launch-index", "ami-manifest-path", "hostname", "instance-id", "local-ipv4",
    "reservation-id", "security-groups", "public-keys", "public-keys/", "public-keys/0",
    "public-keys/0/", "public-keys/0/openssh-key", "public-keys/0/_name", "local-hostname",
    "public-hostname", "public-ipv4", "instance-type", "block-device-mapping",
    *("block-device-mapping/" + mapping for mapping in MAPPINGS), "kernel-id", "ramdisk-id",
    "placement", "placement/availability-zone", "instance-action"]]
ODD = ["/", "//", "/.", "/..", "/ec2", "/ec2/", "/openstack", "/openstack/", "//latest", "///latest//",
       "/ec2/latest/meta-data/", "/ec2/2009-04-04/user-data", "/latest//meta-data//instance-id",
       "/latest/./meta-data", "/latest/meta-data//", "/latest/meta-data/../user-data",
       "/latest/meta-data/../../1.0/meta-data/hostname", "/../latest/meta-data/instance-id",
       "/latest/meta-data/../../..", "/latest/meta-data/instance-id/", "/latest/meta-data/instance-id?x=1&y",
       "/%6catest/meta-data/ami-id", "/latest/meta-data/%69nstance-id", "/latest/meta-data/ami-id/x",
       "/2009-04-04/meta-data/ami-id/x", "/latest/meta-data/ami-id/x/y", "/latest/user-data/x",
       "/latest/meta-data/nothing", "/latest/meta-data/security-groups/x", "/latest/meta-data/public-keys/1",
       "/latest/meta-data/public-keys/0=mykey", "/latest/meta-data/placement/x", "/latest/dynamic",
       "/nothing", "/Latest", "/2011-01-01", "/openstack/1999-01-01", "/openstack//latest",
       "/openstack/latest/", "/openstack/latest/version", "/openstack/latest/content",
       "/openstack/latest/nothing", "/openstack/latest/meta_data.json/", "/openstack/latest/meta_data.json/x",
       "/openstack/latest/meta_data.json?x=1", "/openstack/latest/../2012-08-10",
       "/openstack/../latest/meta-data/instance-id", "/openstack/content", "/openstack/content/",
       "/openstack/content/0000", "/openstack/content/0001", "/openstack/content/0000/x"]
ERRORS = ["/nothing", "/openstack/latest/nothing", "/openstack/content", "/latest/meta-data/nothing"]
ACCEPTS = ["*/*", "text/html", "application/json", "text/plain",
           "application/json;q=0.5, text/html;q=0.1", "text/*;q=0.3, application/xml", "nonsense"]


class Question(NamedTuple):
    """One request: the path as it goes over the wire, and what is not as usual about it.

    `caller` is how the request is signed (see CALLERS); `accept` the Accept header.
    """
    path: str
    caller: str = "guest"
    accept: Optional[str] = None
    method: str = "GET"


# who asks: the proxy's headers, given the shape and the secret
CALLERS = {
    "guest": lambda shape, sign: signed(shape, sign),
    "nobody": lambda shape, sign: {},
    "no-instance": lambda shape, sign: without(signed(shape, sign), "X-Instance-ID"),
    "no-tenant": lambda shape, sign: without(signed(shape, sign), "X-Tenant-ID"),
    "no-signature": lambda shape, sign: without(signed(shape, sign), "X-Instance-ID-Signature"),
    "bad-signature": lambda shape, sign: {**signed(shape, sign), "X-Instance-ID-Signature": "0" * 64},
    "short-signature": lambda shape, sign: {
        **signed(shape, sign), "X-Instance-ID-Signature": sign(shape.uuid)[:-1]},
    "upper-case-signature": lambda shape, sign: {
        **signed(shape, sign), "X-Instance-ID-Signature": sign(shape.uuid).upper()},
    "empty-signature": lambda shape, sign: {**signed(shape, sign), "X-Instance-ID-Signature": ""},
    "other-tenant": lambda shape, sign: {**signed(shape, sign), "X-Tenant-ID": "0" * 32},
    "empty-tenant": lambda shape, sign: {**signed(shape, sign), "X-Tenant-ID": ""},
    "unknown-instance": lambda shape, sign: signed(
        shape, sign, "00000000-0000-4000-8000-000000000000"),
    "no-uuid": lambda shape, sign: signed(shape, sign, "nonsense"),
    "empty-instance": lambda shape, sign: signed(shape, sign, ""),
    "upper-case-instance": lambda shape, sign: signed(shape, sign, shape.uuid.upper()),
}


def signed(shape, sign, uuid=None):
    uuid = shape.uuid if uuid is None else uuid
    headers = {"X-Instance-ID": uuid, "X-Tenant-ID": shape.project, "X-Instance-ID-Signature": sign(uuid)}
    return headers if shape.address is None else {**headers, "X-Forwarded-For": shape.address}


def without(headers, name):
    return {key: value for key, value in headers.items() if key != name}


def of_an_instance():
    """What every instance is asked: every path of every version, and odd ones."""
    return [Question(path) for path in [
        *("/openstack/" + version + file for version in OPENSTACK for file in FILES),
        *("/" + version + leaf for version in EC2 for leaf in LEAVES), *ODD]]


def about_errors():
    """The ways to ask for a refusal's form."""
    return [Question(path, accept=accept) for path in ERRORS for accept in ACCEPTS]


def with_other_methods():
    """nova heeds the method for the password alone."""
    paths = ["/", "/latest/meta-data/instance-id", "/openstack/latest/network_data.json", "/nothing"]
    return [Question(path, method=method) for path in paths
            for method in ("HEAD", "POST", "PUT", "DELETE", "OPTIONS")] + [
        Question("/openstack/latest/password", method=method) for method in ("PUT", "DELETE")]


def by_callers():
    """Every way to say who asks, with every way to ask for a form of the answer."""
    return [Question(path, caller, accept) for caller in CALLERS
            for path in ("/", "/latest/meta-data/instance-id", "/openstack/latest/nothing")
            for accept in [None, *ACCEPTS]]


def place(question):
    """Where a question stands among all."""
    return _PLACES[question]


_PLACES = {question: place for place, question in enumerate(
    [*of_an_instance(), *about_errors(), *with_other_methods(), *by_callers()])}


def _versions(chosen, known):
    """Runs of known versions as `first..last`."""
    runs = []
    for index in sorted(known.index(version) for version in chosen):
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return [known[run[0]] if len(run) == 1 else known[run[0]] + ".." + known[run[-1]] for run in runs]


def _braces(parts):
    return parts[0] if len(parts) == 1 and ".." not in parts[0] else "{%s}" % ",".join(parts)


def compact(paths):
    """The paths written short; `expand` is its inverse."""
    rest, short = list(paths), []
    for prefix, known, leaves in (("/openstack/", OPENSTACK, FILES), ("/", EC2, LEAVES)):
        split = {prefix + version + leaf: (version, leaf) for version in known for leaf in leaves}
        versions = {}
        for version, leaf in (split[path] for path in rest if path in split):
            versions.setdefault(leaf, []).append(version)
        rest = [path for path in rest if path not in split]
        grouped = {}
        for leaf in (leaf for leaf in leaves if leaf in versions):
            grouped.setdefault(tuple(versions[leaf]), []).append(leaf)
        short += [prefix + _braces(_versions(chosen, known)) + _braces(same)
                  for chosen, same in grouped.items()]
    short += sorted(rest)
    assert sorted(expand(short)) == sorted(paths), "written short, the paths are not the same: %s" % paths
    return short


def expand(patterns):
    """Every path that the patterns stand for."""
    for pattern in patterns:
        known = OPENSTACK if pattern.startswith("/openstack/") else EC2
        parts = [_alternatives(part, known) if part.startswith("{") else [part]
                 for part in re.findall(r"\{[^}]*\}|[^{]+", pattern)]
        yield from map("".join, itertools.product(*parts))


def _alternatives(braces, known):
    for part in braces[1:-1].split(","):
        first, dots, last = part.partition("..")
        yield from known[known.index(first):known.index(last) + 1] if dots else [part]
