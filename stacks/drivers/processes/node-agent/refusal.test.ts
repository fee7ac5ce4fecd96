import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { V1Container, V1PodSpec } from '@kubernetes/client-node'
import { refusalOf } from './refusal.ts'

const app = (more: Partial<V1Container> = {}): V1Container => ({ name: 'app', image: 'x', ...more })
const refused = (container: V1Container, more: Partial<V1PodSpec> = {}) =>
  refusalOf({ spec: { containers: [container], ...more } })?.message

test('an ordinary pod is not refused', () => {
  const token = { name: 'kube-api-access-x', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }
  const ordinary = app({
    volumeMounts: [token],
    ports: [{ containerPort: 8080 }],
    resources: { limits: { cpu: '1' } },
    readinessProbe: { httpGet: { port: 8080 } },
    lifecycle: { preStop: { sleep: { seconds: 1 } } },
  })
  assert.equal(refused(ordinary, { volumes: [{ name: 'kube-api-access-x', projected: {} }] }), undefined)
  assert.equal(refused(app(), { volumes: [{ name: 'unused', emptyDir: {} }] }), undefined)
})

test('all that cannot be done is named at once, with what to do instead', () => {
  const message = refused(
    app({
      volumeMounts: [
        { name: 'conf', mountPath: '/etc/app' },
        { name: 'data', mountPath: '/data' },
      ],
      ports: [{ containerPort: 8080, hostPort: 80 }],
      livenessProbe: { grpc: { port: 1 } },
      lifecycle: { postStart: { exec: { command: ['x'] } } },
    }),
    {
      volumes: [
        { name: 'conf', configMap: { name: 'c' } },
        { name: 'data', persistentVolumeClaim: { claimName: 'd' } },
      ],
      initContainers: [app({ name: 'migrate' })],
    },
  )
  for (const part of [
    /init container migrate/,
    /configMap volume at \/etc\/app; give it as env or envFrom/,
    /persistentVolumeClaim volume at \/data \(container app\)/,
    /hostPort 80/,
    /gRPC probe/,
    /postStart hook/,
  ]) {
    assert.match(message ?? '', part)
  }
})
