#!/bin/bash
# An engine of its own for eventproof: sh own-engine.sh start|stop [folder]
#
# For machines where nothing runs Docker yet: needs root, and apt-get where dockerd is not installed. Everything of it is
# below the folder; it listens on a socket there, publishes ports on the loopback alone, and ends by its own pid.
set -euo pipefail
deed=${1:?start or stop} home=${2:-/var/lib/eventproof-engine}
here=$(cd "$(dirname "$0")" && pwd)
socket=$home/docker.sock pid=$home/dockerd.pid

fail() { echo "$1" >&2 && exit 3; }

install() {
  command -v apt-get >/dev/null || fail 'dockerd is not installed, and there is no apt-get: install Docker by hand'
  export DEBIAN_FRONTEND=noninteractive
  timeout 120 apt-get update -qq
  timeout 300 apt-get install -y -qq --no-install-recommends docker.io debootstrap iptables jq
}

# On cgroup v1 all containers together weigh as much as one process of the host: on a busy machine that is little.
weigh() {
  local group=/sys/fs/cgroup/cpu/eventproof
  [ -d /sys/fs/cgroup/cpu ] && mkdir -p "$group" 2>/dev/null && echo 8192 >"$group/cpu.shares" 2>/dev/null || true
}

start() {
  [ "$(id -u)" = 0 ] || fail 'only root may start an engine'
  [ ! -S "$socket" ] || ! curl -sf --max-time 2 --unix-socket "$socket" http://engine/_ping >/dev/null || return 0
  command -v dockerd >/dev/null && command -v debootstrap >/dev/null && command -v jq >/dev/null || install >&2
  mkdir -p "$home"
  weigh
  local settings='"ip": "127.0.0.1", "cgroup-parent": "/eventproof", "exec-opts": ["native.cgroupdriver=cgroupfs"]'
  cat >"$home/daemon.json" <<JSON
{ "data-root": "$home/data", "exec-root": "$home/run", "pidfile": "$pid", "hosts": ["unix://$socket"], $settings,
  "runtimes": { "within-limits": { "path": "$here/runc-within-limits" } }, "default-runtime": "within-limits" }
JSON
  launch || { forget_half_made && launch; } || {
    tail -3 "$home/dockerd.log" >&2
    fail "dockerd does not answer; $home/dockerd.log has more"
  }
}

launch() {
  setsid dockerd --config-file "$home/daemon.json" >"$home/dockerd.log" 2>&1 </dev/null &
  local number=$!
  for _ in $(seq 100); do
    ! curl -sf --max-time 2 --unix-socket "$socket" http://engine/_ping >/dev/null || return 0
    kill -0 "$number" 2>/dev/null || return 1
    sleep 0.2
  done
  return 1
}

# A network that was being made when its engine was killed stays written down without addresses, and dockerd dies of it.
forget_half_made() {
  grep -q 'libnetwork.*reservePools' "$home/dockerd.log" && rm -f "$home/data/network/files/local-kv.db"
}

stop() {
  [ -f "$pid" ] || return 0
  local number
  number=$(cat "$pid")
  kill "$number" 2>/dev/null || return 0
  for _ in $(seq 150); do
    kill -0 "$number" 2>/dev/null || return 0
    sleep 0.2
  done
  fail "dockerd ($number) does not end"
}

case $deed in
  start) start && echo "export DOCKER_HOST=unix://$socket" ;;
  stop) stop ;;
  *) fail 'start or stop' ;;
esac
