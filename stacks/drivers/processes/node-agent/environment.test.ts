import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { V1Container, V1EnvFromSource, V1EnvVar, V1Pod } from '@kubernetes/client-node'
import { environmentOf, type Sources } from './environment.ts'
import { serviceVariables } from './service-variables.ts'

const pod: V1Pod = {
  metadata: {
    name: 'orders-7c9f',
    namespace: 'shop',
    uid: 'u1',
    labels: { app: 'orders', 'example.org/tier': 'back' },
  },
  spec: { nodeName: 'local-1', serviceAccountName: 'default', containers: [] },
}
const sources: Sources = {
  configMap: async (name) => (name === 'settings' ? { GROUP: 'g', TOPIC: 't' } : undefined),
  secret: async (name) => (name === 'keys' ? { PASSWORD: 'pä$$' } : undefined),
}
const of = (env: V1EnvVar[], envFrom: V1EnvFromSource[] = [], given = {}) =>
  environmentOf(pod, { name: 'app', env, envFrom } as V1Container, sources, given)
const field = (name: string, fieldPath: string): V1EnvVar => ({
  name,
  valueFrom: { fieldRef: { fieldPath } },
})

test('values, ConfigMaps, Secrets and fields, in Kubernetes’ order', async () => {
  assert.deepEqual(
    await of(
      [
        { name: 'PLAIN', value: 'x' },
        { name: 'TOPIC', value: 'mine' },
        { name: 'EMPTY' },
        { name: 'ONE', valueFrom: { configMapKeyRef: { name: 'settings', key: 'GROUP' } } },
        { name: 'SECRET', valueFrom: { secretKeyRef: { name: 'keys', key: 'PASSWORD' } } },
        field('POD', 'metadata.name'),
        field('NAMESPACE', 'metadata.namespace'),
        field('IP', 'status.podIP'),
        field('TIER', "metadata.labels['example.org/tier']"),
        field('NONE', "metadata.annotations['absent']"),
      ],
      [{ configMapRef: { name: 'settings' } }, { prefix: 'KEY_', secretRef: { name: 'keys' } }],
    ),
    {
      GROUP: 'g',
      TOPIC: 'mine',
      KEY_PASSWORD: 'pä$$',
      PLAIN: 'x',
      EMPTY: '',
      ONE: 'g',
      SECRET: 'pä$$',
      POD: 'orders-7c9f',
      NAMESPACE: 'shop',
      IP: '127.0.0.1',
      TIER: 'back',
      NONE: '',
    },
  )
})

test('$(NAME) means what came before; unknown and doubled ones stay text', async () => {
  const found = await of(
    [
      { name: 'A', value: 'a' },
      { name: 'B', value: '$(A)-$(LATER)-$$(A)-$(KAFKA_SERVICE_HOST)-$5' },
      { name: 'LATER', value: 'l' },
    ],
    [],
    serviceVariables({ kafka: { host: '127.0.0.1', port: 9092 } }),
  )
  assert.equal((found as Record<string, string>).B, 'a-$(LATER)-$(A)-127.0.0.1-$5')
})

test('what is missing is named, unless it is optional', async () => {
  const key = (name: string, key: string, optional = false): V1EnvVar => ({
    name: 'X',
    valueFrom: { configMapKeyRef: { name, key, optional } },
  })
  const message = async (env: V1EnvVar[], from: V1EnvFromSource[] = []) =>
    ((await of(env, from)) as { message?: string }).message
  assert.match((await message([key('absent', 'K')])) ?? '', /configmap "absent" not found/)
  assert.match((await message([key('settings', 'K')])) ?? '', /key K in configmap "settings" not found/)
  assert.match((await message([], [{ secretRef: { name: 'no' } }])) ?? '', /secret "no" not found/)
  assert.deepEqual(await of([key('settings', 'K', true)]), {})
  assert.deepEqual(await of([], [{ secretRef: { name: 'no', optional: true } }]), {})
})

test('what the downward API of this node does not have is refused', async () => {
  const resource: V1EnvVar = { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } }
  assert.match(((await of([resource])) as { message: string }).message, /variable CPU .*resourceFieldRef/)
  assert.match(((await of([field('X', 'spec.nope')])) as { message: string }).message, /spec\.nope/)
})

test('a variable called like a refusal is none', async () => {
  const found = await of([
    { name: 'refused', value: 'true' },
    { name: 'reason', value: 'r' },
    { name: 'message', value: 'm' },
  ])
  assert.deepEqual(found, { refused: 'true', reason: 'r', message: 'm' })
})

test('services are told by host, port and address', () => {
  assert.deepEqual(serviceVariables({ 'orders-db': { host: '127.0.0.1', port: 5432 } }), {
    ORDERS_DB_SERVICE_HOST: '127.0.0.1',
    ORDERS_DB_SERVICE_PORT: '5432',
    ORDERS_DB_PORT: 'tcp://127.0.0.1:5432',
  })
})
