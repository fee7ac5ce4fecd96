import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NewEvent } from '../../proof/history/event.ts'
import type { Viewpoint } from '../../stacks/stack.ts'
import type { ServiceConfig } from '../../subjects/contract/index.ts'
import { contextOn } from '../../test/stack/experiments.ts'
import { paperDatabase, paperStack } from '../../test/stack/paper-stack.ts'
import { componentsNamed } from './component-urls.ts'
import { startService } from './services.ts'

async function started(
  env: Readonly<Record<string, string>>,
  from: Viewpoint = 'host',
  run: Pick<ServiceConfig, 'command' | 'image'> = { command: ['orders', '--port={port}'] },
) {
  const stack = { ...paperStack(), viewpoint: () => from }
  const orders: ServiceConfig = { ...run, env, ready: { tcp: true } }
  const events: NewEvent[] = []
  await using parts = new AsyncDisposableStack()
  const addresses = {
    database: paperDatabase('shop'),
    kafka: (from: Viewpoint) => stack.kafka.bootstrapServers(from),
    topicPrefix: 's1.',
  }
  await startService({
    context: { ...contextOn(stack), config: { services: { orders } } },
    scenario: 's1',
    record: (event) => void events.push(event),
    parts,
    name: 'orders',
    instance: 0,
    addresses,
  })
  const [spec] = stack.services
  return { spec, events, needed: stack.needed }
}

test('a service is told the addresses as they look from where the stack runs it', async () => {
  const env = { DB: '{postgres.url}', BROKER: '{kafka.bootstrapServers}', HOST: '{postgres.host}' }
  for (const from of ['host', 'service'] as const) {
    const { spec, events } = await started(env, from)
    assert.deepEqual(spec?.env, {
      DB: `postgres://shop:secret@postgres.${from}.test:5432/shop`,
      BROKER: `kafka.${from}.test:9092`,
      HOST: `postgres.${from}.test`,
    })
    assert.partialDeepStrictEqual(spec?.program, { command: ['orders', '--port=4711'] })
    assert.deepEqual(
      events.map((event) => event.kind === 'proc' && [event.id, event.event]),
      [
        ['sheet s1-orders', 'started'],
        ['sheet s1-orders', 'ready'],
      ],
    )
  }
})

test('a service may be an image, with a command of its own or without', async () => {
  const plain = await started({}, 'service', { image: 'acme/orders:1' })
  assert.deepEqual(plain.spec?.program, { image: 'acme/orders:1' })
  const told = await started({}, 'service', { image: 'acme/orders:1', command: ['run', '{port}'] })
  assert.deepEqual(told.spec?.program, { image: 'acme/orders:1', command: ['run', '4711'] })
})

test('the registry and Connect are started for the service that asks for their address', async () => {
  const { spec, needed } = await started(
    { REGISTRY: '{schemaRegistry.url}', CONNECT: '{connect.url}/connectors' },
    'service',
  )
  assert.deepEqual(needed, ['schema-registry', 'connect'])
  assert.deepEqual(spec?.env, {
    REGISTRY: 'http://registry.service.test:8081/apis/ccompat/v7',
    CONNECT: 'http://connect.service.test:8083/connectors',
  })
  assert.deepEqual((await started({ BROKER: '{kafka.bootstrapServers}' })).needed, [])
  assert.deepEqual(componentsNamed(['$' + '{connect.url}', '{connect.url}/x']), ['connect'])
})

test('a placeholder that has no value for this service is an error that names it', async () => {
  for (const name of ['stub.url', 'alerts.url', 'slot'])
    await assert.rejects(started({ WHERE: `{${name}}` }), {
      code: 'EVENTPROOF_PLACEHOLDER_UNKNOWN',
      message: `{${name}} has no value`,
    })
})
