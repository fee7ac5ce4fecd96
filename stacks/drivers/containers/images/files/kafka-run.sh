#!/bin/bash
# The contract of confluentinc/cp-kafka: KAFKA_* are settings of the broker, CLUSTER_ID formats its folder once.
set -e
file=/etc/kafka/kafka.properties
export KAFKA_LOG_DIRS=${KAFKA_LOG_DIRS:-/var/lib/kafka/data}
mkdir -p /etc/kafka "$KAFKA_LOG_DIRS"
env -0 | while IFS='=' read -r -d '' name value; do
  case $name in
    KAFKA_HEAP_OPTS | KAFKA_OPTS | KAFKA_JVM_* | KAFKA_LOG4J* | KAFKA_BROKER_ID | KAFKA_CONFLUENT_*) ;;
    KAFKA_*)
      key=${name#KAFKA_}
      key=${key//___/$'\1'} key=${key//__/$'\2'} key=${key//_/.} key=${key//$'\1'/-} key=${key//$'\2'/_}
      printf '%s=%s\n' "${key,,}" "$value"
      ;;
  esac
done >"$file"
[ ! -f /etc/confluent/docker/configure ] || . /etc/confluent/docker/configure
if [ ! -f "$KAFKA_LOG_DIRS/meta.properties" ]; then
  java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '/opt/kafka/*' kafka.tools.StorageTool \
    format --ignore-formatted -t "$CLUSTER_ID" -c "$file"
fi
record=${TRAINING:-$([ ! -f /opt/kafka.aot ] || echo -XX:AOTCache=/opt/kafka.aot)}
exec java ${KAFKA_HEAP_OPTS--Xmx256m -Xms64m -Xmn40m} $KAFKA_JVM_PERFORMANCE_OPTS $KAFKA_OPTS $record \
  -Dlog4j2.configurationFile=/opt/log4j.xml -cp "$(printf '%s:' /opt/kafka/*.jar)" kafka.Kafka "$file"
