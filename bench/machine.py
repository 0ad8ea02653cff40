# SPDX-License-Identifier: Apache-2.0
"""What every benchmark needs of the machine: a folder to work in, ports, processes that end with the
run, and the versions of what was measured."""
import contextlib
import os
import pathlib
import platform
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

PROJECT = pathlib.Path(__file__).resolve().parent.parent
DISTRIBUTION = PROJECT / "target" / "nova-compat-metadata"
FIRST_PORT = 20000 + os.getpid() % 8000
LONGEST_SHOWN = 2000


class BenchError(Exception):
    """The benchmark cannot go on; the message says what is wrong."""


def say(text):
    print("bench: " + text, file=sys.stderr, flush=True)


class Process:
    """A process group that was started for the run."""

    def __init__(self, name, command, log, env=None):
        self.name, self.log = name, log
        with open(log, "ab") as output:
            self.started_at = time.monotonic()
            self._process = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                env={**os.environ, **(env or {})}, start_new_session=True)

    @property
    def pid(self):
        return self._process.pid

    def is_alive(self):
        return self._process.poll() is None

    def stop(self, seconds=20):
        """SIGTERM, and SIGKILL for whoever of the group is left."""
        if self.is_alive():
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def last_words(self):
        return "".join(self.log.read_text(errors="replace").splitlines(keepends=True)[-8:])

    def resident_mb(self):
        """Of the process itself, which is the service's JVM: its command replaces itself with it."""
        status = pathlib.Path("/proc/%d/status" % self.pid).read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024

    def threads(self):
        return len(os.listdir("/proc/%d/task" % self.pid))

    def descriptors(self):
        return len(os.listdir("/proc/%d/fd" % self.pid))

    def processor_s(self):
        """The seconds of processor time that it has had."""
        fields = pathlib.Path("/proc/%d/stat" % self.pid).read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Machine:
    """A run: what it starts ends with it, what it writes is in one folder that goes with it."""

    def __init__(self, folder=None, keep=False):
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="nova-compat-bench.", dir=folder))
        self._keep = keep
        self._processes = []
        self._next_port = FIRST_PORT

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for process in reversed(self._processes):
            process.stop()
        if self._keep:
            say("what it wrote is in %s" % self.work)
        else:
            shutil.rmtree(self.work, ignore_errors=True)

    def start(self, name, command, env=None):
        process = Process(name, command, self.work / (name + ".log"), env)
        self._processes.append(process)
        return process

    def stop(self, process):
        process.stop()
        self._processes.remove(process)

    def free_port(self):
        while True:
            port, self._next_port = self._next_port, self._next_port + 1
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                with contextlib.suppress(OSError):
                    probe.bind(("127.0.0.1", port))
                    return port

    def folder(self, name):
        folder = self.work / name
        folder.mkdir(exist_ok=True)
        return folder

    def write(self, name, text):
        file = self.work / name
        file.write_text(text)
        return file


def output(*command, seconds=60, check=True):
    """What a command prints, on both its outputs."""
    try:
        done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              stdin=subprocess.DEVNULL, timeout=seconds, check=False)
    except FileNotFoundError:
        raise BenchError("%s is not installed" % command[0]) from None
    except subprocess.TimeoutExpired:
        raise BenchError("%s did not end within %d s" % (command[0], seconds)) from None
    told = done.stdout.decode(errors="replace")
    if check and done.returncode != 0:
        raise BenchError("%s failed:\n%s" % (" ".join(map(str, command))[:LONGEST_SHOWN], told[-LONGEST_SHOWN:]))
    return told


def need(*programs):
    missing = [name for name in programs if find_program(name) is None]
    if missing:
        raise BenchError("not installed: %s (bench/README.md says what is needed)" % ", ".join(missing))


def find_program(name):
    """Also where only root's PATH leads."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin:/usr/local/sbin")


def java_tool(name):
    """A program of the JDK that JAVA_HOME chooses, as the service's own command chooses it."""
    home = os.environ.get("JAVA_HOME")
    tool = shutil.which(name, path=os.path.join(home, "bin")) if home else shutil.which(name)
    if tool is None:
        raise BenchError("no %s found; install a JDK 17 or newer, or set JAVA_HOME" % name)
    return tool


def facts():
    """What a reader of the results must know of the machine and the versions."""
    cpu = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())
    liberty = DISTRIBUTION / "wlp" / "lib" / "versions" / "openliberty.properties"
    return {
        "when": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "revision": _revision(),
        "CPU": cpu.group(1) if cpu else platform.machine(),
        "CPUs": os.cpu_count(),
        "memory, GB": round(int(memory.group(1)) / 2**20),
        "kernel": platform.release(),
        "Java": output(java_tool("java"), "-version").splitlines()[1].strip(),
        "Open Liberty": _found(r"productVersion=(\S+)", liberty.read_text() if liberty.exists() else ""),
        "nova": _found(r"Version: (\S+)", output("dpkg-query", "-s", "python3-nova", check=False)
                       if shutil.which("dpkg-query") else ""),
        "MariaDB": _found(r"Ver (\S+)", output(find_program("mariadbd"), "--version")
                          if find_program("mariadbd") else ""),
        "wrk": _found(r"wrk (\S+)", output("wrk", "-v", check=False) if shutil.which("wrk") else ""),
    }


def _found(pattern, text):
    match = re.search(pattern, text)
    return match.group(1) if match else "not here"


def _revision():
    if shutil.which("git") is None:
        return "unknown"
    told = output("git", "-C", PROJECT, "describe", "--always", "--dirty", check=False).strip()
    return told if " " not in told else "unknown"


def end_on_signals():
    """SIGTERM and SIGHUP end the run as Ctrl-C does: through what cleans up."""
    def end(number, _frame):
        sys.exit(128 + number)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
