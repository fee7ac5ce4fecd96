import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AUTHORITY, kedaObjects } from './keda-objects.ts'

interface Operator {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly object[] } } }
}
interface Api {
  readonly spec: object
}
interface Admission {
  readonly webhooks: readonly [{ readonly clientConfig: object; readonly failurePolicy: string }]
}
interface Named {
  readonly kind: string
}

const MANIFESTS = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: keda-operator, namespace: keda }
spec:
  template:
    spec:
      serviceAccountName: keda-operator
      securityContext: { runAsNonRoot: true }
      containers:
        - name: keda-operator
          image: ghcr.io/kedacore/keda:main
          imagePullPolicy: Always
          command: [/keda]
          args: [--leader-elect, --zap-log-level=info, --enable-cert-rotation=true]
          readinessProbe: { httpGet: { path: /readyz, port: 8081 }, initialDelaySeconds: 20 }
          livenessProbe: { httpGet: { path: /healthz, port: 8081 }, initialDelaySeconds: 25 }
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1beta1.external.metrics.k8s.io }
spec: { version: v1beta1 }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: keda-admission }
webhooks:
  - name: vscaledobject.kb.io
    failurePolicy: Ignore
    clientConfig: { service: { name: keda-admission-webhooks, namespace: keda, path: /validate-keda-sh-v1alpha1-scaledobject } }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: keda-operator, namespace: keda }
`

test('KEDA runs from our image, with certificates that are issued before it starts', () => {
  const objects = kedaObjects(MANIFESTS, 'eventproof/keda:1')
  const [operator, api, admission, account] = objects as unknown as readonly [Operator, Api, Admission, Named]
  const { containers, ...pod } = operator.spec.template.spec
  assert.deepEqual(pod, {
    serviceAccountName: 'keda-operator',
    securityContext: { runAsNonRoot: true, runAsUser: 1000 },
  })
  assert.deepEqual(containers, [
    {
      name: 'keda-operator',
      image: 'eventproof/keda:1',
      imagePullPolicy: 'Never',
      command: ['/usr/local/bin/keda-operator'],
      args: ['--zap-log-level=info'],
      readinessProbe: { httpGet: { path: '/readyz', port: 8081 }, initialDelaySeconds: 0, periodSeconds: 1 },
      livenessProbe: { httpGet: { path: '/healthz', port: 8081 }, initialDelaySeconds: 25 },
    },
  ])
  assert.deepEqual(api.spec, { version: 'v1beta1', caBundle: AUTHORITY })
  assert.deepEqual(admission.webhooks[0].clientConfig, {
    url: 'https://127.0.0.1:9443/validate-keda-sh-v1alpha1-scaledobject',
    caBundle: AUTHORITY,
  })
  assert.equal(admission.webhooks[0].failurePolicy, 'Ignore')
  assert.equal(account.kind, 'ServiceAccount')
})
