import { kafkaTriggers } from '../kafka-trigger.ts'
import type { Complaint, Rule } from '../rule.ts'

const ADDRESS = /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):(\d{1,5})$/
const LOOPBACK = /^(localhost|127\.|\[::1\])/

/** Addresses that KEDA's operator, in a pod and a namespace of its own, can't reach as they are written. */
export const bootstrapServers: Rule = {
  name: 'bootstrap-servers',
  text: {
    finds:
      'addresses that are not host:port, that mean KEDA’s own pod, or that resolve in its namespace only',
    keda: 'its operator connects, from its own pod and namespace',
    source: 'pkg/scalers/kafka_scaler.go, getKafkaClients; apache_kafka_scaler.go, getApacheKafkaClient',
    write: '`<service>.<namespace>.svc:<port>`, several with commas between them',
  },
  *check(object): Iterable<Complaint> {
    for (const trigger of kafkaTriggers(object)) {
      const { value, at } = trigger.setting('bootstrapServers')
      for (const server of value?.split(',').map((each) => each.trim()) ?? []) {
        const [, host = '', port] = ADDRESS.exec(server) ?? []
        if (port === undefined || Number(port) < 1 || Number(port) > 65_535) {
          yield {
            severity: 'error',
            at,
            found: `bootstrapServers has "${server}"`,
            why: 'KEDA expects host:port, several with commas between them, without a scheme; it can not connect',
            fix: `write ${suggestion(server)}`,
          }
        } else if (LOOPBACK.test(host)) {
          yield {
            severity: 'warning',
            at,
            found: `bootstrapServers has "${server}"`,
            why: "it is KEDA's operator that connects: in its pod that address is the operator itself",
            fix: 'write the address of the Kafka service, such as kafka.<namespace>.svc:9092',
          }
        } else if (!host.includes('.') && !host.startsWith('[')) {
          yield {
            severity: 'warning',
            at,
            found: `bootstrapServers has "${server}"`,
            why: `KEDA's operator resolves a bare name in its own namespace, not in ${object.manifest.namespace}`,
            fix: `write ${host}.<namespace>.svc:${port}`,
          }
        }
      }
    }
  },
}

function suggestion(server: string): string {
  const bare = server.replace(/^[a-z_]+:\/\//i, '').replace(/\/.*$/, '')
  return ADDRESS.test(bare) ? bare : `${bare.replace(/:.*$/, '') || 'kafka.<namespace>.svc'}:9092`
}
