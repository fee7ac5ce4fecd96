#!/bin/bash
# Runs once while an image is built: records what a JVM loads and links until it is ready, so that each start of a
# container has that at hand. An image without such a record works, too; its JVM takes twice as long.
#
#   train.sh RECORD PORT COMMAND…     TRAINING is the option that the command must give its JVM
set -e
record=$1 port=$2
shift 2
TRAINING="-XX:AOTCacheOutput=$record" "$@" &
child=$!
for _ in $(seq 600); do
  (exec 3<>"/dev/tcp/localhost/$port") 2>/dev/null && break
  kill -0 "$child"
  sleep 0.2
done
sleep 2
kill -TERM "$child"
wait "$child" || true
[ -f "$record" ]
