import type { Cache } from '../../../core/cache.ts'
import { debeziumPlugin, kafkaJars, registryApplication } from '../../artifacts/java-parts.ts'
import { javaRuntime } from '../../artifacts/java-runtime.ts'
import { KUBERNETES_VERSIONS } from '../../artifacts/kubernetes-program.ts'
import { postgresServer } from '../../artifacts/postgres-server.ts'
import { toxiproxyProgram } from '../../artifacts/toxiproxy-program.ts'
import { prometheusProgram } from './artifacts/prometheus-program.ts'

/** What this stack is made of; all of it is pinned, so it is known before anything is obtained. */
export function versionsOf(cache: Cache): Record<string, string> {
  const kafka = kafkaJars(cache).version
  return {
    node: process.versions.node,
    java: javaRuntime.version,
    postgres: postgresServer.version,
    kafka,
    connect: kafka,
    debezium: debeziumPlugin(cache).version,
    'schema-registry': `apicurio ${registryApplication(cache).version}`,
    toxiproxy: toxiproxyProgram.version,
    prometheus: prometheusProgram.version,
    ...KUBERNETES_VERSIONS,
  }
}
