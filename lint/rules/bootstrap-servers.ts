import { kafkaTriggers } from '../kafka-trigger.ts'
import type { Manifest } from '../manifest.ts'
import type { Manifests } from '../manifests.ts'
import type { Complaint, Rule } from '../rule.ts'

const ADDRESS = /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):(\d{1,5})$/
/** Where its releases put it. */
const KEDA_NAMESPACE = 'keda'
const LOOPBACK = /^(localhost|127\.|\[::1\])/

/** Addresses that KEDA's operator, in a pod and a namespace of its own, can't reach as they are written. */
export const bootstrapServers: Rule = {
  name: 'bootstrap-servers',
  text: {
    finds:
      'addresses that are not host:port, that mean KEDA’s own pod, or the bare name of a Service that is in another namespace than KEDA',
    keda: 'its operator connects, from its own pod and namespace',
    source: 'pkg/scalers/kafka_scaler.go, getKafkaClients; apache_kafka_scaler.go, getApacheKafkaClient',
    write: '`<service>.<namespace>.svc:<port>`, several with commas between them',
  },
  *check(object, { manifests }): Iterable<Complaint> {
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
        } else if (!host.includes('.')) {
          const service = serviceOf(host, manifests)
          if (service !== undefined && service.namespace !== KEDA_NAMESPACE)
            yield {
              severity: 'warning',
              at,
              found: `bootstrapServers has "${server}", and its ${service.kind} is in namespace ${service.namespace} (${service.file}:${service.root.line})`,
              why: `KEDA's operator resolves a bare name in its own namespace, ${KEDA_NAMESPACE} as a rule`,
              fix: `write ${host}.${service.namespace}.svc:${port}`,
            }
        }
      }
    }
  },
}

/** A Service of that name, or a Kafka of Strimzi, which has one named after it. */
function serviceOf(host: string, manifests: Manifests): Manifest | undefined {
  const kafka = manifests.ofKind('Kafka').find(({ name }) => host === `${name}-kafka-bootstrap`)
  return manifests.ofKind('Service').find(({ name }) => name === host) ?? kafka
}

function suggestion(server: string): string {
  const bare = server.replace(/^[a-z_]+:\/\//i, '').replace(/\/.*$/, '')
  return ADDRESS.test(bare) ? bare : `${bare.replace(/:.*$/, '') || 'kafka.<namespace>.svc'}:9092`
}
