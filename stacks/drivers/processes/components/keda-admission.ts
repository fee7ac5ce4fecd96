import type { KubernetesObject } from '../../../clients/kubernetes-api.ts'
import { KEDA_NAMESPACE } from './keda-settings.ts'
import { flags } from './kubernetes-settings.ts'

/** What KEDA's admission webhooks listen on, all on 127.0.0.1. */
export interface AdmissionPorts {
  readonly webhooks: number
  readonly webhooksHealth: number
}

/** What KEDA looks at before the API server takes it: API group → resources. */
const REVIEWED = {
  'keda.sh': ['scaledobject', 'scaledjob', 'triggerauthentication', 'clustertriggerauthentication'],
  'eventing.keda.sh': ['cloudeventsource', 'clustercloudeventsource'],
} as const

export function webhooksFlags(ports: AdmissionPorts, pki: string, kubeconfig: string): string[] {
  return flags({
    kubeconfig,
    'cert-dir': `${pki}/keda`,
    port: String(ports.webhooks),
    'metrics-bind-address': '0',
    'health-probe-bind-address': `127.0.0.1:${ports.webhooksHealth}`,
    'zap-encoder': 'console',
    'zap-time-encoding': 'rfc3339nano',
  })
}

/**
 * Tells the API server to ask KEDA, as config/webhooks of its release does, but by address instead of by Service.
 * @param authority PEM of who issued the webhooks' certificate
 */
export function admission(port: number, authority: string): KubernetesObject {
  const caBundle = Buffer.from(authority).toString('base64')
  const webhooks = Object.entries(REVIEWED).flatMap(([group, kinds]) =>
    kinds.map((kind) => ({
      name: `v${kind}.kb.io`,
      admissionReviewVersions: ['v1'],
      clientConfig: {
        url: `https://127.0.0.1:${port}/validate-${group.replaceAll('.', '-')}-v1alpha1-${kind}`,
        caBundle,
      },
      rules: [
        {
          apiGroups: [group],
          apiVersions: ['v1alpha1'],
          operations: ['CREATE', 'UPDATE'],
          resources: [`${kind}s`],
        },
      ],
      failurePolicy: 'Ignore',
      matchPolicy: 'Equivalent',
      sideEffects: 'None',
      timeoutSeconds: 10,
    })),
  )
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'keda-admission', labels: { 'app.kubernetes.io/part-of': KEDA_NAMESPACE } },
    webhooks,
  }
}
