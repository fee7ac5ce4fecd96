import { readFileSync } from 'node:fs'
import { descendantsOf } from '../../core/process-identity.ts'

export interface Memory {
  /** Sum of resident sets in MB: pages shared by several processes count several times. */
  readonly resident: number
  /** Sum of proportional sets in MB: each page counts once. */
  readonly proportional: number
}

/** Control plane and KEDA; the node is a part of this process. */
export const CLUSTER: readonly string[] = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'keda-operator',
  'keda-adapter',
  'keda-webhooks',
]

const COMPONENTS: readonly (readonly [string, RegExp])[] = [
  ['kafka', /kafka\.Kafka/],
  ['connect', /ConnectDistributed/],
  ['schema-registry', /quarkus-run/],
  ['postgres', /^[^ ]*postgres/],
  ['toxiproxy', /toxiproxy-server/],
  ['reaper', /reaper\.sh/],
  ...CLUSTER.map((server): [string, RegExp] => [server, new RegExp(`(?:^|[ /])${server} `)]),
]

/** Memory of everything that runs below this process, a component each (Linux). */
export function memoryByComponent(): Map<string, Memory> {
  const found = new Map<string, Memory>()
  for (const { pid } of descendantsOf(process.pid)) {
    const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')
    const component = COMPONENTS.find(([, pattern]) => pattern.test(command))?.[0]
    if (!component) continue
    const rollup = read(`/proc/${pid}/smaps_rollup`)
    const before = found.get(component) ?? { resident: 0, proportional: 0 }
    found.set(component, {
      resident: before.resident + megabytes(rollup, 'Rss'),
      proportional: before.proportional + megabytes(rollup, 'Pss'),
    })
  }
  return found
}

function megabytes(rollup: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0) / 1024
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
