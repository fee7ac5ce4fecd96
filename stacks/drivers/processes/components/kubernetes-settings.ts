import { join } from 'node:path'

/** What each server listens on, all on 127.0.0.1. */
export interface KubernetesPorts {
  readonly etcd: number
  readonly etcdPeer: number
  readonly apiserver: number
}

/** Controllers that something here uses; the others would only cost memory and start time. */
const CONTROLLERS = [
  'deployment-controller',
  'replicaset-controller',
  'statefulset-controller',
  'job-controller',
  'horizontal-pod-autoscaler-controller',
  'garbage-collector-controller',
  'namespace-controller',
  'serviceaccount-controller',
  'root-ca-certificate-publisher-controller',
  'node-lifecycle-controller',
  'pod-garbage-collector-controller',
]

/** Data that dies with the run need not survive a power cut: no fsync. */
export function etcdFlags(ports: KubernetesPorts, data: string): string[] {
  const client = `http://127.0.0.1:${ports.etcd}`
  const peer = `http://127.0.0.1:${ports.etcdPeer}`
  return flags({
    'data-dir': data,
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `default=${peer}`,
    'unsafe-no-fsync': 'true',
    'log-level': 'warn',
  })
}

/** @param pki the folder of the certificates */
export function apiserverFlags(ports: KubernetesPorts, pki: string): string[] {
  const file = (name: string) => join(pki, name)
  return flags({
    'etcd-servers': `http://127.0.0.1:${ports.etcd}`,
    'bind-address': '127.0.0.1',
    'secure-port': String(ports.apiserver),
    // Else it wants an address that is not loopback for the Service `kubernetes`.
    'endpoint-reconciler-type': 'none',
    'tls-cert-file': file('kube-apiserver.crt'),
    'tls-private-key-file': file('kube-apiserver.key'),
    'client-ca-file': file('ca.crt'),
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-key-file': file('service-account.key'),
    'service-account-signing-key-file': file('service-account.key'),
    'service-cluster-ip-range': '10.96.0.0/16',
    'authorization-mode': 'Node,RBAC',
    // The aggregation layer: how the adapter of external metrics knows that a call comes through this server.
    'requestheader-client-ca-file': file('front-proxy-ca.crt'),
    'requestheader-allowed-names': 'front-proxy',
    'requestheader-username-headers': 'X-Remote-User',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'proxy-client-cert-file': file('front-proxy.crt'),
    'proxy-client-key-file': file('front-proxy.key'),
    // To the node agent, for logs.
    'kubelet-preferred-address-types': 'InternalIP',
    'kubelet-certificate-authority': file('ca.crt'),
    'kubelet-client-certificate': file('admin.crt'),
    'kubelet-client-key': file('admin.key'),
    'enable-priority-and-fairness': 'false',
    profiling: 'false',
  })
}

/** @param sync how often the autoscaler looks, in milliseconds */
export function controllerFlags(pki: string, kubeconfig: string, sync: number): string[] {
  return flags({
    kubeconfig,
    // One of each: waiting for a lease would only cost time. Port 0: nothing to ask them that the API can't tell.
    'leader-elect': 'false',
    'secure-port': '0',
    'use-service-account-credentials': 'true',
    'service-account-private-key-file': join(pki, 'service-account.key'),
    'root-ca-file': join(pki, 'ca.crt'),
    controllers: CONTROLLERS.join(','),
    'horizontal-pod-autoscaler-sync-period': `${sync}ms`,
    profiling: 'false',
  })
}

export function schedulerFlags(kubeconfig: string): string[] {
  return flags({ kubeconfig, 'leader-elect': 'false', 'secure-port': '0', profiling: 'false' })
}

export function flags(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`)
}
