# SPDX-License-Identifier: Apache-2.0
"""What the benchmarks have in common: the nova to compare with, as the command line names it."""
import pathlib

from cloud import Cloud, NovaConf
from database import MariaDb
from machine import say
from services import LONGEST_START, Nova, Ours, running_nova


def add_nova_arguments(parser):
    group = parser.add_argument_group(
        "the nova to compare with",
        "Without --nova-conf nova is not measured. With it and without --nova or --nova-cold, a nova is started for "
        "the run (under uWSGI, a process for each CPU), where nova is installed. Its databases are only read.")
    group.add_argument("--nova-threads", type=int, default=1, metavar="N",
                       help="threads in each process of a nova that is started for the run (%(default)s; with more, "
                            "nova 26 may hang under load)")
    group.add_argument("--nova-conf", type=pathlib.Path, metavar="FILE",
                       help="nova.conf of a nova whose databases and Neutron can be reached from here, with "
                            "[neutron] service_metadata_proxy, its shared secret, and some instances")
    group.add_argument("--nova", metavar="URL", help="its running nova-api-metadata, such as http://127.0.0.1:8775")
    group.add_argument("--nova-cold", metavar="URL",
                       help="another one that runs with [api] metadata_cache_expiration = 0")


NO_CACHE = {"api": {"metadata_cache_expiration": 0}}


class SmallCloud:
    """The instances that the benchmarks of throughput ask for: those of the given nova, else a few of our own."""

    INSTANCES = 24

    def __init__(self, machine, arguments):
        self._machine, self._arguments = machine, arguments
        if arguments.nova_conf:
            self._conf, self._options = arguments.nova_conf, {}
            self.targets = Cloud(NovaConf(arguments.nova_conf)).targets()
        else:
            say("no --nova-conf: nova is not measured, and the instances are made up")
            cloud = MariaDb(machine).cloud("small", self.INSTANCES, None)
            self._conf, self._options = cloud.conf(machine), cloud.options()
            self.targets = cloud.targets()

    def ours(self, extra=None, name="ours"):
        service = Ours(self._machine, name, self._conf, {**self._options, **(extra or {})}).start()
        service.wait_for(self.targets[0])
        return service

    def nova(self, url, extra=None, name="nova"):
        """The running one, or one started for this; None when there is neither."""
        if not self._arguments.nova_conf:
            return None
        if url:
            service = running_nova(name, url)
            if not service.answers(self.targets[0]):
                say("%s does not answer at %s, so it is not measured" % (name, url))
                return None
            return service
        return start_nova(Nova(self._machine, name, self._conf, self._arguments.nova_threads, extra),
                          self.targets[0])


def start_nova(nova, target):
    """Starts a nova where it is installed; None elsewhere."""
    if not Nova.is_installed():
        say("nova and uWSGI are not installed here, so %s is not measured" % nova.name)
        return None
    say("starting %s, which may take up to %d s" % (nova.name, LONGEST_START))
    service = nova.start()
    service.wait_for(target)
    return service
