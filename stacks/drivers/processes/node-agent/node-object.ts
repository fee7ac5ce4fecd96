import type { V1Node } from '@kubernetes/client-node'
import { LOOPBACK } from './downward.ts'

export interface NodeFacts {
  readonly name: string
  /** Of the API server; what `kubectl get nodes` shows. */
  readonly version: string
  /** Where logs are served; undefined where they are not. */
  readonly logPort?: number
  readonly now: Date
}

/**
 * The Node that is registered. Its resources are a number that no set-up of a test exceeds: nothing is enforced, and
 * requests made for a real cluster must not keep pods from a laptop.
 */
export function nodeObject({ name, version, logPort, now }: NodeFacts): V1Node {
  const resources = { cpu: '256', memory: '1Ti', 'ephemeral-storage': '1Ti', pods: '250' }
  const condition = (type: string, status: string, reason: string, message: string) => {
    return { type, status, reason, message, lastHeartbeatTime: now, lastTransitionTime: now }
  }
  const unmeasured = (type: string) => condition(type, 'False', 'NotMeasured', 'no limits are enforced here')
  return {
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': process.arch === 'x64' ? 'amd64' : process.arch,
      },
      annotations: {
        'eventproof/node': 'pods run as local processes: no images, volumes, limits or networks',
      },
    },
    status: {
      capacity: resources,
      allocatable: resources,
      addresses: [
        { type: 'InternalIP', address: LOOPBACK },
        { type: 'Hostname', address: name },
      ],
      ...(logPort === undefined ? {} : { daemonEndpoints: { kubeletEndpoint: { Port: logPort } } }),
      nodeInfo: {
        kubeletVersion: version,
        kubeProxyVersion: '',
        containerRuntimeVersion: 'process://1',
        operatingSystem: 'linux',
        osImage: 'local processes',
        architecture: process.arch === 'x64' ? 'amd64' : process.arch,
        kernelVersion: '',
        machineID: '',
        systemUUID: '',
        bootID: '',
      },
      conditions: [
        condition('Ready', 'True', 'NodeAgentReady', 'the node agent takes pods'),
        unmeasured('MemoryPressure'),
        unmeasured('DiskPressure'),
        unmeasured('PIDPressure'),
      ],
    },
  }
}
