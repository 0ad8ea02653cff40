# SPDX-License-Identifier: Apache-2.0
"""Records what cloud-init asks a metadata service for at a guest's first boot: its own code runs, behind
a proxy that signs as neutron's metadata agent does and writes down each request and its status."""
import http.client
import http.server
import os
import pathlib
import subprocess
import threading
import urllib.parse

from database import MariaDb
from machine import BenchError, Machine, say
from services import Ours

HERE = pathlib.Path(__file__).resolve().parent
CRAWLS = {"OpenStack": HERE / "crawls" / "openstack.txt", "Ec2": HERE / "crawls" / "ec2.txt"}
HEAD = """# SPDX-License-Identifier: Apache-2.0
# What cloud-init {version} asks for at a guest's first boot with its datasource {name}: method, path, status.
# Each request comes over a connection of its own, when the one before it is answered.
# Recorded by: bench/run record-crawls
"""


def add_arguments(parser):
    parser.add_argument("--python", default="/usr/bin/python3", metavar="FILE",
                        help="a Python that has cloud-init (%(default)s)")


def run(arguments):
    with Machine() as machine:
        cloud = MariaDb(machine).cloud("crawled", 1, None)
        service = Ours(machine, "ours", cloud.conf(machine), cloud.options()).start()
        service.wait_for(cloud.target(1))
        for name, file in CRAWLS.items():
            version, asked = crawl(arguments.python, name, service, cloud.target(1))
            file.write_text(HEAD.format(version=version, name=name)
                            + "".join("%s %s %d\n" % each for each in asked))
            say("%s: %d requests, %s" % (name, len(asked), file))


def crawl(python, name, service, target):
    asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), signing(service, target, asked)) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        outside = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        done = subprocess.run([python, str(HERE / "cloud_init.py"), name], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=120, check=False,
                              env={**outside, "http_proxy": "http://127.0.0.1:%d" % proxy.server_port})
        proxy.shutdown()
    if done.returncode != 0:
        raise BenchError("cloud-init failed:\n" + done.stderr.decode()[-2000:])
    return done.stdout.decode().strip(), asked


def signing(service, target, asked):
    class Handler(http.server.BaseHTTPRequestHandler):
        """The road from a guest to the service."""

        def _forward(self):
            path = urllib.parse.urlsplit(self.path).path
            connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
            connection.request(self.command, path, headers=target.headers())
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            asked.append((self.command, path, answer.status))
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.getheader("Content-Type", "text/plain"))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PUT = do_POST = _forward

        def log_message(self, *_):
            pass

    return Handler
