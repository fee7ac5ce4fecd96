#!/bin/bash
# Stands in for pg_isready: whether something listens there. 0 where it does, 2 where nothing answers.
host=localhost port=5432
while [ $# -gt 0 ]; do
  case $1 in
    -h | --host) host=$2 && shift ;;
    -p | --port) port=$2 && shift ;;
  esac
  shift
done
(exec 3<>"/dev/tcp/$host/$port") 2>/dev/null || exit 2
