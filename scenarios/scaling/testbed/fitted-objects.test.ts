import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import reference from '../../../eventproof.config.ts'
import type { ClusterObject } from '../../../stacks/stack.ts'
import { declareScaling } from '../declare-scaling.ts'
import { fittedObjects } from './fitted-objects.ts'
import { readWorkload } from './workload.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const scaling = reference.scaling?.['order-consumer'] ?? assert.fail()
const consumer = reference.consumers?.fulfillment ?? assert.fail()
const workload = await readWorkload('order-consumer', scaling, root)
const names = { workload: 'order-consumer', prefix: 's01.', namespace: 's01' }

function fitted(pace: 'quick' | 'declared') {
  const declaration = declareScaling(workload, { scaling, consumer }, names, pace)
  const env = { DATABASE_URL: 'postgres://there', TOPIC_PREFIX: 's01.' }
  return fittedObjects(workload, { declaration, pace, prefix: 's01.', kafka: 'broker:9092', env: () => env })
}

interface Scaler {
  readonly pollingInterval: number
  readonly cooldownPeriod: number
  readonly advanced?: unknown
  readonly triggers: readonly { readonly metadata: Readonly<Record<string, string>> }[]
}
const specOf = (object: ClusterObject) => object.spec as Scaler

test('names, addresses and times of the scenario take the place of the manifest’s own', () => {
  const spec = specOf(fitted('quick').scaledObject)
  assert.equal(spec.pollingInterval, 1)
  assert.equal(spec.cooldownPeriod, 5)
  assert.deepEqual(spec.triggers[0]?.metadata, {
    bootstrapServers: 'broker:9092',
    consumerGroup: 's01.order-fulfillment-group',
    topic: 's01.order-events',
    lagThreshold: '50',
    activationLagThreshold: '5',
    offsetResetPolicy: 'earliest',
  })
})

test('at its declared pace a scaler keeps its own seconds and its own way up', () => {
  const spec = specOf(fitted('declared').scaledObject)
  assert.equal(spec.pollingInterval, 15)
  assert.equal(spec.cooldownPeriod, 60)
  assert.equal(spec.advanced, undefined)
})

interface Deployment {
  readonly spec: {
    readonly template: {
      readonly spec: { readonly containers: readonly { command?: unknown; args?: unknown; env?: unknown }[] }
    }
  }
}

test('containers get the environment of the scenario, in the place of secrets that are not there', () => {
  const { objects } = fitted('quick')
  const deployment = objects.find(({ kind }) => kind === 'Deployment') as unknown as Deployment
  const [container] = deployment.spec.template.spec.containers
  assert.deepEqual(container?.env, [
    { name: 'KAFKA_BOOTSTRAP_SERVERS', value: 'kafka-cluster.kafka.svc:9092' },
    { name: 'CONSUMER_GROUP', value: 'order-fulfillment-group' },
    { name: 'DATABASE_URL', value: 'postgres://there' },
    { name: 'TOPIC_PREFIX', value: 's01.' },
  ])
})

test('what runs beside the service is left as it is: its command, its arguments, its environment', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'eventproof-fitted-'))
  after(() => rm(folder, { recursive: true }))
  const manifests = ['deployment', 'scaled-object', 'topic'].map((name) => join(folder, `${name}.yaml`))
  for (const file of manifests) await cp(join(root, 'subjects/reference/k8s', basename(file)), file)
  const text = await readFile(manifests[0] ?? '', 'utf8')
  const sidecar = '        - { name: proxy, image: mesh/proxy:2, command: [proxy], args: [--quiet] }\n'
  await writeFile(
    manifests[0] ?? '',
    text.replace('containers:\n', (found) => found + sidecar),
  )
  const config = { ...scaling, manifests, images: { 'mesh/proxy': ['node', 'proxy.js'] } }
  const { objects } = fittedObjects(await readWorkload('order-consumer', config, folder), {
    declaration: declareScaling(workload, { scaling, consumer }, names, 'quick'),
    pace: 'quick',
    prefix: 's01.',
    kafka: 'broker:9092',
    env: () => ({ DATABASE_URL: 'postgres://there' }),
  })
  const deployment = objects.find(({ kind }) => kind === 'Deployment') as unknown as Deployment
  const [proxy, service] = deployment.spec.template.spec.containers
  assert.deepEqual([proxy?.command, proxy?.args, proxy?.env], [['proxy'], ['--quiet'], undefined])
  assert.equal(service?.command, undefined)
})

test('everything that is not as the manifests say is told, also what is left out', () => {
  const told = fitted('quick').changes.map(
    ({ object, field, from, to }) => `${object} ${field}: ${from} → ${to}`,
  )
  assert.ok(told.includes('ScaledObject/order-consumer-scaler spec.pollingInterval: 15 → 1'))
  assert.ok(told.includes('KafkaTopic/order-events all of it: in the manifests → null'))
  assert.ok(told.includes('Deployment/order-consumer spec.replicas: null → 0'))
})

test('the manifests themselves stay as they are', () => {
  fitted('quick')
  assert.equal(workload.scaledObject.pollingInterval, 15)
  assert.equal(specOf(fitted('declared').scaledObject).pollingInterval, 15)
})

test('what is declared: partitions of the broker’s own resource, thresholds of the trigger', () => {
  const declaration = declareScaling(workload, { scaling, consumer }, names, 'declared')
  assert.equal(declaration.partitions, 20)
  assert.equal(declaration.lagThreshold, 50)
  assert.equal(declaration.activationLagThreshold, 5)
  assert.equal(declaration.maxReplicas, 20)
  assert.equal(declaration.consumer.group, 's01.order-fulfillment-group')
})
