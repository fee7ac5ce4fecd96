#!/bin/bash
# A worker for the length of a training, with the broker that it needs.
/opt/train-broker.sh >/dev/null &
export BOOTSTRAP_SERVERS=localhost:9092 GROUP_ID=connect ADVERTISED_HOST_NAME=localhost
export CONFIG_STORAGE_TOPIC=configs OFFSET_STORAGE_TOPIC=offsets STATUS_STORAGE_TOPIC=status
export CONNECT_CONFIG_STORAGE_REPLICATION_FACTOR=1 CONNECT_OFFSET_STORAGE_REPLICATION_FACTOR=1
export CONNECT_STATUS_STORAGE_REPLICATION_FACTOR=1 CONNECT_PLUGIN_DISCOVERY=service_load
export CONNECT_KEY_CONVERTER=org.apache.kafka.connect.storage.StringConverter
export CONNECT_VALUE_CONVERTER=org.apache.kafka.connect.json.JsonConverter
exec /docker-entrypoint.sh start
