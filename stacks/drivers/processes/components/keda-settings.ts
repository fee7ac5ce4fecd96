import type { KubernetesObject } from '../../../clients/kubernetes-api.ts'
import { flags } from './kubernetes-settings.ts'

/** What KEDA listens on, all on 127.0.0.1. */
export interface KedaPorts {
  /** The operator's Prometheus metrics, over HTTP. */
  readonly operatorMetrics: number
  readonly operatorHealth: number
  /** Where the adapter asks the operator for metrics (gRPC, both with certificates). */
  readonly metricsService: number
  /** The external metrics API, asked by the API server. */
  readonly adapter: number
  readonly adapterMetrics: number
}

export const KEDA_NAMESPACE = 'keda'
const METRICS_SERVICE = 'keda-metrics-apiserver'

export const KEDA_ENVIRONMENT = {
  POD_NAMESPACE: KEDA_NAMESPACE,
  KEDA_CLUSTER_OBJECT_NAMESPACE: KEDA_NAMESPACE,
  /** All namespaces. */
  WATCH_NAMESPACE: '',
}

export function operatorFlags(ports: KedaPorts, pki: string, kubeconfig: string): string[] {
  return flags({
    kubeconfig,
    'cert-dir': `${pki}/keda`,
    'metrics-bind-address': `127.0.0.1:${ports.operatorMetrics}`,
    'health-probe-bind-address': `127.0.0.1:${ports.operatorHealth}`,
    'metrics-service-bind-address': `127.0.0.1:${ports.metricsService}`,
    'zap-encoder': 'console',
    'zap-time-encoding': 'rfc3339nano',
  })
}

export function adapterFlags(ports: KedaPorts, pki: string, kubeconfig: string): string[] {
  return flags({
    kubeconfig,
    // It reads one for each of its clients, and without them takes itself to be in a pod.
    'lister-kubeconfig': kubeconfig,
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'bind-address': '127.0.0.1',
    'secure-port': String(ports.adapter),
    'cert-dir': `${pki}/keda`,
    'client-ca-file': `${pki}/ca.crt`,
    'tls-cert-file': `${pki}/keda/tls.crt`,
    'tls-private-key-file': `${pki}/keda/tls.key`,
    'metrics-service-address': `127.0.0.1:${ports.metricsService}`,
    port: String(ports.adapterMetrics),
    'zap-encoder': 'console',
    'zap-time-encoding': 'rfc3339nano',
  })
}

/** What must be there before KEDA starts, beside its resource definitions. */
export const KEDA_OBJECTS: readonly KubernetesObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: KEDA_NAMESPACE } },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'keda-external-metrics-reader' },
    rules: [{ apiGroups: ['external.metrics.k8s.io'], resources: ['*'], verbs: ['*'] }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'keda-hpa-controller-external-metrics' },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: 'keda-external-metrics-reader',
    },
    subjects: [{ kind: 'ServiceAccount', name: 'horizontal-pod-autoscaler', namespace: 'kube-system' }],
  },
]

/**
 * Leads the API server to the adapter. A Service of type ExternalName makes it dial localhost, while it checks the
 * certificate against the Service's own name: no endpoint, and no address beyond loopback.
 */
export const METRICS_SERVICE_OBJECT: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: METRICS_SERVICE, namespace: KEDA_NAMESPACE },
  spec: { type: 'ExternalName', externalName: 'localhost' },
}

/**
 * @param authority PEM of who issued the adapter's certificate
 * @param start another value at every start of the adapter: the API server looks at once when the object changes, and
 *   else only after a delay that doubles with every failed look
 */
export function externalMetricsApi(port: number, authority: string, start: string): KubernetesObject {
  return {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: {
      name: 'v1beta1.external.metrics.k8s.io',
      annotations: { 'eventproof.dev/adapter-start': start },
    },
    spec: {
      service: { name: METRICS_SERVICE, namespace: KEDA_NAMESPACE, port },
      group: 'external.metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      caBundle: Buffer.from(authority).toString('base64'),
    },
  }
}
