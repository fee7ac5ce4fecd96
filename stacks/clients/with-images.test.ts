import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClusterObject } from '../stack.ts'
import { onSmallNode, withImages } from './with-images.ts'

const images = new Map([['shop/a:1', { image: 'eventproof/service:x', command: ['node', 'a.ts'] }]])

function containersOf(container: object): unknown {
  const deployment: ClusterObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a' },
    spec: { replicas: 0, template: { metadata: { labels: {} }, spec: { containers: [container] } } },
  }
  const { spec } = withImages(deployment, images, onSmallNode) as unknown as {
    spec: { replicas: number; template: { spec: { containers: readonly unknown[] } } }
  }
  assert.equal(spec.replicas, 0)
  return spec.template.spec.containers[0]
}

const requests = { cpu: '1m' }

test('a container runs what stands for its image', () => {
  assert.deepEqual(containersOf({ name: 'c', image: 'shop/a:1', args: ['-v'] }), {
    name: 'c',
    image: 'eventproof/service:x',
    imagePullPolicy: 'Never',
    command: ['node', 'a.ts'],
    args: ['-v'],
    resources: { requests },
  })
})

test('its own command stays, and so do limits and requests for memory', () => {
  const resources = { limits: { cpu: '1', memory: '64Mi' }, requests: { cpu: '500m', memory: '64Mi' } }
  assert.deepEqual(containersOf({ name: 'c', image: 'shop/a:1', command: ['own'], resources }), {
    name: 'c',
    image: 'eventproof/service:x',
    imagePullPolicy: 'Never',
    command: ['own'],
    resources: { limits: resources.limits, requests: { cpu: '1m', memory: '64Mi' } },
  })
})

test('what nothing stands for, and what has no pods, is as it was', () => {
  const resources = { requests }
  assert.deepEqual(containersOf({ name: 'c', image: 'other:1', resources }), {
    name: 'c',
    image: 'other:1',
    resources,
  })
  const secret: ClusterObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's' },
    stringData: { a: 'b' },
  }
  assert.equal(withImages(secret, images), secret)
})
