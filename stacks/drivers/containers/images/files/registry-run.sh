#!/bin/bash
cd /opt/registry
record=${TRAINING:-$([ ! -f /opt/registry.aot ] || echo -XX:AOTCache=/opt/registry.aot)}
exec java -Xmx192m -Xms64m -Xmn24m $record -Dquarkus.http.host=0.0.0.0 -jar quarkus-run.jar
