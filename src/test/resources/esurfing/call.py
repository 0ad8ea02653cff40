#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs a call of the document as it stands there and prints what came back, as JSON.

    call.py SCRIPT [WRONG RIGHT]...

The document leaves out post and get and what its variables are; they are here, with the signature as the vendor
describes it, in nothing but Python's own library. Each WRONG in the script is read as RIGHT. The environment says the rest:

    NOVA_COMPAT_ENDPOINT      asked in the place of the vendor's host: https://HOST:PORT
    NOVA_COMPAT_CACERT        the certificate that it shows, as PEM
    NOVA_COMPAT_ACCESS_KEY    the access key's id (AK)
    NOVA_COMPAT_SECRET_KEY    its secret (SK)
    NOVA_COMPAT_REGION, NOVA_COMPAT_AZ, NOVA_COMPAT_INSTANCE
                              the document's huadong1_region_id, huadong1_az1 and huadong1_instance
"""

import base64
import datetime
import hashlib
import hmac
import json
import os
import pathlib
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid

VENDOR = "https://ctecs-global.ctapi.ctyun.cn"
BEIJING = datetime.timezone(datetime.timedelta(hours=8))


def hmac_sha256(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def signature(headers, query, body):
    lines = "".join("%s:%s\n" % header for header in sorted(headers.items()))
    text = "%s\n%s\n%s" % (lines, query, hashlib.sha256(body).hexdigest())
    date = headers["eop-date"]
    key = hmac_sha256(os.environ["NOVA_COMPAT_SECRET_KEY"].encode(), date)
    key = hmac_sha256(key, os.environ["NOVA_COMPAT_ACCESS_KEY"])
    key = hmac_sha256(key, date[:8])
    return base64.b64encode(hmac_sha256(key, text)).decode()


def send(url, query, body):
    headers = {
        "ctyun-eop-request-id": str(uuid.uuid4()),
        "eop-date": datetime.datetime.now(BEIJING).strftime("%Y%m%dT%H%M%SZ"),
    }
    authorization = "%s Headers=%s Signature=%s" % (
        os.environ["NOVA_COMPAT_ACCESS_KEY"],
        ";".join(sorted(headers)),
        signature(headers, query, body or b""),
    )
    url = url.replace(VENDOR, os.environ["NOVA_COMPAT_ENDPOINT"], 1) + ("?" + query if query else "")
    request = urllib.request.Request(url, data=body, headers=headers)
    request.add_header("Eop-Authorization", authorization)
    request.add_header("Content-Type", "application/json")
    tls = ssl.create_default_context(cafile=os.environ["NOVA_COMPAT_CACERT"])
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=tls))
    try:
        with opener.open(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        return json.load(refusal)


def post(url, params):
    return send(url, "", json.dumps(params).encode())


def get(url, params):
    pairs = ((key, urllib.parse.quote(value, safe="")) for key, value in sorted(params.items()))
    return send(url, "&".join("%s=%s" % pair for pair in pairs), None)


def main(script, *mends):
    source = pathlib.Path(script).read_text(encoding="utf-8").replace("\u00a0", " ")
    for wrong, right in zip(mends[::2], mends[1::2]):
        source = source.replace(wrong, right)
    names = {
        "post": post,
        "get": get,
        "huadong1_region_id": os.environ["NOVA_COMPAT_REGION"],
        "huadong1_az1": os.environ["NOVA_COMPAT_AZ"],
        "huadong1_instance": os.environ["NOVA_COMPAT_INSTANCE"],
    }
    exec(compile(source, script, "exec"), names)
    (result,) = (value for name, value in names.items() if name.startswith("res_"))
    print(json.dumps(result))


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        sys.exit(__doc__)
    main(*sys.argv[1:])
