import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { kind as consuming } from '../../scenarios/consuming/kind.ts'
import { kind as publishing } from '../../scenarios/publishing/kind.ts'
import { startService } from '../../scenarios/testbed/services.ts'
import { openStack } from '../../stacks/open-stack.ts'
import type { Stack } from '../../stacks/stack.ts'
import { addressedDriver } from './addressed-driver.ts'
import { driverContract } from './driver-contract.ts'
import { contextOn } from './experiments.ts'

const logs = await mkdtemp(join(tmpdir(), 'eventproof-addressed-'))
after(() => rm(logs, { recursive: true, force: true }))

/** A service that registers a schema and says what it was answered. */
const REGISTERING = `
  const headers = { 'content-type': 'application/vnd.schemaregistry.v1+json' }
  const body = JSON.stringify({ schema: JSON.stringify({ type: 'record', name: 'Order', fields: [] }) })
  fetch(process.env.REGISTRY + '/subjects/orders-value/versions', { method: 'POST', headers, body })
    .then(({ status }) => console.log('registered', status))
  setInterval(() => {}, 1000)`

const driver = addressedDriver(() => openStack('processes', { logs }))
const open = () => openStack(driver, { logs })

driverContract('addressed', open)

describe('parts that are known by their addresses alone', () => {
  let stack: Stack
  before(async () => {
    stack = await open()
    await stack.need(['postgres', 'kafka', 'toxiproxy', 'schema-registry'])
  })
  after(() => stack[Symbol.asyncDispose]())

  test('a consumer and a publisher are proved on them', async () => {
    const options = (id: string, subject: string) => ({ id, title: id, controls: [], subject, name: id })
    for (const experiment of [
      consuming.begin(contextOn(stack), options('s1', 'payment')),
      publishing.begin(contextOn(stack), options('s2', 'orders')),
    ]) {
      const { verdict, reason } = await experiment.run()
      assert.equal(verdict, 'HELD', reason)
    }
  })

  test('the address of the registry is real for the service that asks for it', async () => {
    const command = [process.execPath, '-e', REGISTERING]
    const env = { REGISTRY: '{schemaRegistry.url}' }
    const registering = { command, env, ready: { log: 'registered 200' } }
    await using parts = new AsyncDisposableStack()
    await startService({
      context: { ...contextOn(stack), config: { services: { registering } } },
      scenario: 's3',
      record: () => {},
      parts,
      name: 'registering',
      instance: 0,
      addresses: {
        database: parts.use(await stack.database('s3')),
        kafka: (from) => stack.kafka.bootstrapServers(from),
        topicPrefix: 's3.',
      },
    })
  })
})
