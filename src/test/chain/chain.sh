#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
set -Eeuo pipefail
export PATH=$PATH:/usr/sbin:/sbin

usage() {
  cat <<'USAGE'
usage: chain.sh check            says what this machine lacks for the chain; exit status 0 if nothing
       chain.sh run [FOLDER]     builds the chain, asks as its guests, takes it down again
       chain.sh stay [FOLDER]    the same, but leaves it up until Ctrl-C, to look around in

The chain is the road of a guest's request in a real cloud, with us at its end:

  curl, cloud-init            in the network namespace of a guest, with its port's MAC and addresses
  haproxy                     in the network's namespace, on 169.254.169.254 and fe80::a9fe:a9fe
  neutron-metadata-agent      behind a unix socket; asks neutron-server over RabbitMQ whose the port is
  bin/nova-api-metadata       the built one, on a database with the tables of migrations/nova

All of it is started anew: MariaDB, RabbitMQ, neutron-server (without Keystone), the agent and our server, in
a network namespace of their own, so that every port is free, nothing outside is reached and what runs on this
machine is left alone. Their files are in a temporary folder. When the script ends, however it ends, all
processes and namespaces are gone. It gives up after 150 seconds.

FOLDER (default: target/chain) then has cloud.json (what the databases say about the guests), GUEST.json
(what each guest was told, see guest.py), and a log of each part.

It needs root and, from Debian 12 or a distribution like it: neutron-server neutron-metadata-agent
rabbitmq-server mariadb-server haproxy cloud-init iproute2 curl; and target/nova-compat-metadata, which
`mvn package` builds.
USAGE
}

HERE=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
PROJECT=$(cd "$HERE/../../.." && pwd)
SERVICE=$PROJECT/target/nova-compat-metadata/bin/nova-api-metadata
RABBITMQ=/usr/lib/rabbitmq/bin/rabbitmq-server # the one in PATH changes to another user and folder
PYTHON=/usr/bin/python3                        # the one that has Debian's packages
GUESTS=(web db)
SECONDS_IN_ALL=150
PORT=$((20000 + $$ % 10000)) # our server keeps its state in a folder of this name: each chain has its own

CONTROLLER=chain-$$-controller
NETWORK=chain-$$-network
declare -A DAEMONS

say() { printf 'chain: %3d s  %s\n' "$SECONDS" "$*"; }

fail() {
  say "$*; see $FOLDER" >&2
  exit 1
}

in_space() { ip netns exec "$@"; }

guest_space() { echo "chain-$$-$1"; }

# daemon NAME COMMAND...: runs it in the controller's namespace, its output in NAME.log
daemon() { daemon_in "$CONTROLLER" "$@"; }

# daemon_in SPACE NAME COMMAND...: a session of its own keeps a Ctrl-C away from it
daemon_in() {
  local space=$1 name=$2
  shift 2
  setsid ip netns exec "$space" "$@" >"$FOLDER/$name.log" 2>&1 </dev/null &
  DAEMONS[$name]=$!
  disown
}

# await NAME COMMAND...: until the command succeeds, the daemon NAME ends or time is up
await() {
  local name=$1
  shift
  until "$@" >/dev/null 2>&1; do
    kill -0 "${DAEMONS[$name]}" 2>/dev/null || fail "$name ended by itself"
    ((SECONDS < SECONDS_IN_ALL)) || fail "$name did not come up in time"
    sleep 0.2
  done
  say "$name is up"
}

missing() {
  local command module
  [ "$(id -u)" = 0 ] || echo "to be run by root"
  for command in ip setsid timeout curl haproxy mariadb mariadbd mariadb-install-db "$RABBITMQ" neutron-server \
    neutron-db-manage neutron-metadata-agent "$PYTHON"; do
    command -v "$command" >/dev/null || echo "the command $command"
  done
  for module in pymysql neutron cloudinit; do
    "$PYTHON" -c "import importlib.util as u, sys; sys.exit(u.find_spec('$module') is None)" 2>/dev/null ||
      echo "Python's module $module"
  done
  [ -x "$SERVICE" ] || echo "$SERVICE, which mvn package builds"
  if ip netns add "$CONTROLLER" 2>/dev/null; then
    ip netns del "$CONTROLLER"
  else
    echo "permission to make network namespaces (ip netns add)"
  fi
}

check() {
  local lacks
  lacks=$(missing)
  [ -z "$lacks" ] || {
    echo "this machine lacks:"
    echo "$lacks"
    exit 1
  }
}

processes() {
  local space
  for space in "${SPACES[@]}"; do ip netns pids "$space" 2>/dev/null || true; done
}

# Our server is told to end, as an operator would; what else there is has nothing to keep. Whatever was started
# lives in one of our namespaces: that is how it is found.
tear_down() {
  local i space pid
  if [ -n "${DAEMONS[nova-api-metadata]:-}" ]; then
    kill -s TERM "${DAEMONS[nova-api-metadata]}" 2>/dev/null || true
    for ((i = 0; i < 50; i++)); do
      kill -0 "${DAEMONS[nova-api-metadata]}" 2>/dev/null || break
      sleep 0.1
    done
  fi
  for ((i = 0; i < 50; i++)); do
    [ -n "$(processes)" ] || break
    for pid in $(processes); do kill -s KILL "$pid" 2>/dev/null || true; done
    sleep 0.1
  done
  for space in "${SPACES[@]}"; do ip netns del "$space" 2>/dev/null || true; done
  rm -rf "$STATE" "$PROJECT/target/nova-compat-metadata/state/$PORT"
  say "taken down"
}

sql() { mariadb --no-defaults -uroot -S "$STATE/mariadb.sock" "$@"; }

start_rabbitmq() {
  mkdir "$STATE/rabbitmq"
  echo '[].' >"$STATE/rabbitmq/plugins"
  daemon rabbitmq env HOME="$STATE/rabbitmq" RABBITMQ_NODENAME=chain@localhost \
    RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_CONFIG_FILE="$STATE/rabbitmq/none" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$STATE/rabbitmq/plugins" \
    RABBITMQ_MNESIA_BASE="$STATE/rabbitmq/mnesia" RABBITMQ_LOG_BASE="$STATE/rabbitmq/log" RABBITMQ_LOGS=- \
    "$RABBITMQ"
}

start_mariadb() {
  in_space "$CONTROLLER" mariadb-install-db --no-defaults --user=root --datadir="$STATE/mariadb" --skip-test-db \
    --auth-root-authentication-method=normal >"$FOLDER/mariadb-install.log" 2>&1
  daemon mariadb mariadbd --no-defaults --user=root --datadir="$STATE/mariadb" --socket="$STATE/mariadb.sock" \
    --pid-file="$STATE/mariadb.pid" --bind-address=127.0.0.1 --skip-name-resolve \
    --innodb-flush-log-at-trx-commit=0
  await mariadb sql -e 'select 1'
  sql -e "create user chain@'127.0.0.1' identified by 'chain'; grant all on *.* to chain@'127.0.0.1'"
}

create_nova_databases() {
  local cell
  sql -e "create database nova_api"
  sql nova_api <"$PROJECT/migrations/nova/api.sql"
  for cell in nova_cell0 nova_cell1; do
    sql -e "create database $cell"
    sql "$cell" <"$PROJECT/migrations/nova/cell.sql"
  done
}

configure_neutron() {
  mkdir "$STATE/neutron"
  cat >"$STATE/neutron.conf" <<CONF
[DEFAULT]
auth_strategy = noauth
core_plugin = ml2
service_plugins =
transport_url = rabbit://guest:guest@127.0.0.1:5672/
bind_host = 127.0.0.1
bind_port = 9696
api_paste_config = /etc/neutron/api-paste.ini
api_workers = 1
rpc_workers = 1
rpc_state_report_workers = 0
notify_nova_on_port_status_changes = false
notify_nova_on_port_data_changes = false
dhcp_agent_notification = false
state_path = $STATE/neutron
[database]
connection = mysql+pymysql://chain:chain@127.0.0.1/neutron
[oslo_concurrency]
lock_path = $STATE/neutron
[ml2]
type_drivers = local
tenant_network_types = local
mechanism_drivers =
extension_drivers = port_security
CONF
  cat >"$STATE/metadata_agent.ini" <<CONF
[DEFAULT]
nova_metadata_host = 127.0.0.1
nova_metadata_port = $PORT
metadata_proxy_shared_secret = the chain's secret
metadata_proxy_socket = $STATE/metadata_proxy
metadata_workers = 1
CONF
}

start_neutron() {
  sql -e "create database neutron character set utf8mb3"
  in_space "$CONTROLLER" timeout 90 neutron-db-manage --config-file "$STATE/neutron.conf" upgrade heads \
    >"$FOLDER/neutron-db-manage.log" 2>&1
  say "neutron's tables are there"
  await rabbitmq in_space "$CONTROLLER" bash -c 'exec 3<>/dev/tcp/127.0.0.1/5672'
  daemon neutron-server neutron-server --config-file "$STATE/neutron.conf"
  await neutron-server in_space "$CONTROLLER" curl -fsm 5 http://127.0.0.1:9696/v2.0/networks
}

start_agent() {
  daemon neutron-metadata-agent neutron-metadata-agent \
    --config-file "$STATE/neutron.conf" --config-file "$STATE/metadata_agent.ini"
}

start_service() {
  cat >"$STATE/nova.conf" <<CONF
[DEFAULT]
metadata_listen = 127.0.0.1
metadata_listen_port = $PORT
enabled_apis = metadata
[api]
vendordata_jsonfile_path = $HERE/vendordata.json
[api_database]
connection = mysql+pymysql://chain:chain@127.0.0.1/nova_api?charset=utf8
[database]
connection = mysql+pymysql://chain:chain@127.0.0.1/nova_cell1?charset=utf8
[neutron]
service_metadata_proxy = true
metadata_proxy_shared_secret = the chain's secret
auth_type = none
endpoint_override = http://127.0.0.1:9696
CONF
  daemon nova-api-metadata "$SERVICE" --config-file "$STATE/nova.conf"
}

# fact GUEST NAME: from cloud.json
fact() {
  "$PYTHON" -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]][sys.argv[3]])' \
    "$FOLDER/cloud.json" "$@"
}

# What neutron's DHCP agent makes for a network that no router serves: the addresses that guests ask, and a
# haproxy that adds who the network is.
start_network() {
  ip -n "$NETWORK" link add lan type bridge
  ip -n "$NETWORK" addr add 10.77.0.2/24 dev lan
  ip -n "$NETWORK" addr add 169.254.169.254/32 dev lan
  local bind_v6=
  if [ -e /proc/net/if_inet6 ] && ip -n "$NETWORK" addr add fe80::a9fe:a9fe/64 dev lan nodad; then
    bind_v6='bind fe80::a9fe:a9fe:80 interface lan'
  fi
  ip -n "$NETWORK" link set lan up
  cat >"$STATE/haproxy.cfg" <<CONF
global
    maxconn 1024
defaults
    mode http
    option http-server-close
    option forwardfor
    retries 3
    timeout http-request 30s
    timeout connect 30s
    timeout client 32s
    timeout server 32s
    timeout http-keep-alive 30s
listen listener
    bind 169.254.169.254:80
    $bind_v6
    server metadata $STATE/metadata_proxy
    http-request del-header X-Neutron-Router-ID
    http-request set-header X-Neutron-Network-ID $(fact web network)
CONF
  daemon_in "$NETWORK" haproxy haproxy -db -f "$STATE/haproxy.cfg"
}

# A guest's side of its port, and the route to the service that its DHCP server would tell it.
plug_in() {
  local guest=$1 space
  space=$(guest_space "$guest")
  ip -n "$space" link add eth0 address "$(fact "$guest" mac)" type veth peer name "port-$guest" netns "$NETWORK"
  ip -n "$NETWORK" link set "port-$guest" master lan up
  ip -n "$space" link set lo up
  ip -n "$space" addr add "$(fact "$guest" address)/24" dev eth0
  ip -n "$space" link set eth0 up
  ip -n "$space" route add 169.254.169.254 via 10.77.0.2
}

ask_as_guests() {
  local guest pids=()
  for guest in "${GUESTS[@]}"; do
    ip netns exec "$(guest_space "$guest")" timeout 90 "$PYTHON" "$HERE/guest.py" "$(fact "$guest" mac)" \
      >"$FOLDER/$guest.json" 2>"$FOLDER/guest-$guest.log" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || fail "a guest got no answers"; done
  say "the guests have their answers"
}

run() {
  local space guest
  check
  mkdir -p "${1:-$PROJECT/target/chain}"
  FOLDER=$(cd "${1:-$PROJECT/target/chain}" && pwd)
  rm -f "$FOLDER"/*.log "$FOLDER"/*.json
  STATE=$(mktemp -d)
  SPACES=("$CONTROLLER" "$NETWORK")
  for guest in "${GUESTS[@]}"; do SPACES+=("$(guest_space "$guest")"); done
  trap tear_down EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  trap 'say "line ${BASH_LINENO[0]} failed; see $FOLDER" >&2' ERR

  for space in "${SPACES[@]}"; do ip netns add "$space"; done
  ip -n "$CONTROLLER" link set lo up
  start_rabbitmq
  start_mariadb
  create_nova_databases
  configure_neutron
  start_neutron
  in_space "$CONTROLLER" "$PYTHON" "$HERE/cloud.py" http://127.0.0.1:9696 "$STATE/mariadb.sock" \
    >"$FOLDER/cloud.json"
  start_service
  start_agent
  start_network
  for guest in "${GUESTS[@]}"; do plug_in "$guest"; done
  await nova-api-metadata grep -q ' Serving ' "$FOLDER/nova-api-metadata.log"
  await neutron-metadata-agent test -S "$STATE/metadata_proxy"
  await haproxy in_space "$(guest_space web)" curl -fsm 5 http://169.254.169.254/openstack/latest/meta_data.json
  ask_as_guests
}

stay() {
  run "$@"
  local guest
  for guest in "${GUESTS[@]}"; do
    say "ip netns exec $(guest_space "$guest") curl http://169.254.169.254/openstack/latest/meta_data.json"
  done
  say "Ctrl-C ends it"
  sleep infinity &
  wait $!
}

case ${1:-} in
  check) check ;;
  run | stay) "$@" ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
