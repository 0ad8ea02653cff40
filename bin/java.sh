# shellcheck shell=sh disable=SC2034 # the commands use what is set here
# SPDX-License-Identifier: Apache-2.0
# For the commands beside it, which source it: sets home, the installation's folder, and java, a Java of at least 17
# (java_major and its file java_release say which). JAVA_HOME chooses it. Ends the command where there is none.
home=$(dirname "$(dirname "$(readlink -f "$0")")")

if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
else
  java=$(command -v java || true)
fi
if [ -z "$java" ] || [ ! -x "$java" ]; then
  echo "$(basename "$0"): no Java found; install a JDK 17 or newer, or set JAVA_HOME" >&2
  exit 1
fi

java_major=17
java_release=$(dirname "$(dirname "$(readlink -f "$java")")")/release
if [ -r "$java_release" ]; then
  found=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$java_release")
  java_major=${found:-17}
fi
if [ "$java_major" -lt 17 ]; then
  echo "$(basename "$0"): $java is Java $java_major; Java 17 or newer is needed" >&2
  exit 1
fi
