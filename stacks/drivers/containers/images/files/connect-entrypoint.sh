#!/bin/bash
# The contract of quay.io/debezium/connect: BOOTSTRAP_SERVERS and CONNECT_* are settings of the worker.
set -e
file=/etc/connect.properties
{
  echo "bootstrap.servers=${BOOTSTRAP_SERVERS:?}"
  echo "group.id=${GROUP_ID:-1}"
  echo "config.storage.topic=${CONFIG_STORAGE_TOPIC:?}"
  echo "offset.storage.topic=${OFFSET_STORAGE_TOPIC:?}"
  echo "status.storage.topic=${STATUS_STORAGE_TOPIC:-connect-status}"
  echo 'plugin.path=/kafka/connect'
  echo 'listeners=http://0.0.0.0:8083'
  echo "rest.advertised.host.name=${ADVERTISED_HOST_NAME:-$(hostname -i)}"
  env -0 | while IFS='=' read -r -d '' name value; do
    case $name in
      CONNECT_*) key=${name#CONNECT_} key=${key//_/.} && printf '%s=%s\n' "${key,,}" "$value" ;;
    esac
  done
} >"$file"
record=${TRAINING:-$([ ! -f /opt/connect.aot ] || echo -XX:AOTCache=/opt/connect.aot)}
exec java ${HEAP_OPTS--Xmx256m -Xms64m -Xmn40m} $KAFKA_OPTS $record -Dlog4j2.configurationFile=/opt/log4j.xml \
  -cp "$(printf '%s:' /opt/kafka/*.jar)" org.apache.kafka.connect.cli.ConnectDistributed "$file"
