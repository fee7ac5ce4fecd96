import { parseAllDocuments } from 'yaml'
import type { KubernetesObject } from '../../../clients/kubernetes-api.ts'

interface Container extends Record<string, unknown> {
  readonly name: string
  readonly args: readonly string[]
  readonly readinessProbe: object
  readonly livenessProbe: object
}

interface PodSpec extends Record<string, unknown> {
  readonly containers: readonly Container[]
}

/** Where the PEM of who issued KEDA's certificates is put in, as base64. */
export const AUTHORITY = '@AUTHORITY@'

/** Deployment → the program of ours that it runs, and flags in the place of KEDA's own. */
const PROGRAMS: Readonly<Record<string, { readonly role: string; readonly flags?: readonly string[] }>> = {
  'keda-operator': { role: 'keda-operator' },
  'keda-metrics-apiserver': { role: 'keda-adapter' },
  // On the node's own network: it listens on the loopback, where the API server is.
  'keda-admission': { role: 'keda-webhooks', flags: ['--metrics-bind-address=0'] },
}

/** Flags of one who renews its certificates, or is one of several: each costs a minute at the start. */
const LEFT_OUT = /^--(leader-elect|enable-cert-rotation)/

/** KEDA's own manifests as they are applied here: each difference is in this file. */
export function kedaObjects(manifests: string, image: string): readonly KubernetesObject[] {
  const objects = parseAllDocuments(manifests).map((document) => document.toJS() as KubernetesObject)
  return objects.map((object) => {
    if (object.kind === 'Deployment') return deployment(object, image)
    if (object.kind === 'APIService')
      return { ...object, spec: { ...(object.spec as object), caBundle: AUTHORITY } }
    if (object.kind === 'ValidatingWebhookConfiguration') return admission(object)
    return object
  })
}

function deployment(object: KubernetesObject, image: string): KubernetesObject {
  const { role = '', flags = [] } = PROGRAMS[object.metadata.name] ?? {}
  const spec = object.spec as { readonly template: { readonly spec: PodSpec } }
  const pod = spec.template.spec
  const containers = pod.containers.map((container) => ({
    ...container,
    image,
    imagePullPolicy: 'Never',
    command: [`/usr/local/bin/${role}`],
    args: [...container.args.filter((flag) => !LEFT_OUT.test(flag)), ...flags],
    // Whoever is asked every second is found ready when it is.
    readinessProbe: { ...container.readinessProbe, initialDelaySeconds: 0, periodSeconds: 1 },
  }))
  return {
    ...object,
    spec: {
      ...spec,
      template: {
        ...spec.template,
        spec: {
          ...pod,
          ...(role === 'keda-webhooks' ? { hostNetwork: true } : {}),
          // The image is a program and nobody's in particular.
          securityContext: { runAsNonRoot: true, runAsUser: 1000 },
          containers,
        },
      },
    },
  }
}

interface Webhook {
  readonly clientConfig: { readonly service: { readonly path: string } }
}

function admission(object: KubernetesObject): KubernetesObject {
  const webhooks = object.webhooks as readonly Webhook[]
  return {
    ...object,
    webhooks: webhooks.map((webhook) => ({
      ...webhook,
      clientConfig: {
        url: `https://127.0.0.1:9443${webhook.clientConfig.service.path}`,
        caBundle: AUTHORITY,
      },
    })),
  }
}
