import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import reference from '../../eventproof.config.ts'
import type { ClusterObject } from '../../stacks/stack.ts'
import { declareScaling } from './declare-scaling.ts'
import { fittedObjects } from './fitted-objects.ts'
import { readWorkload } from './workload.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const scaling = reference.scaling?.['order-consumer'] ?? assert.fail()
const consumer = reference.consumers?.fulfillment ?? assert.fail()
const workload = await readWorkload('order-consumer', scaling, root)
const names = { workload: 'order-consumer', prefix: 's01.', namespace: 's01' }

function fitted(pace: 'quick' | 'declared') {
  const declaration = declareScaling(workload, { scaling, consumer }, names, pace)
  const env = { DATABASE_URL: 'postgres://there', TOPIC_PREFIX: 's01.' }
  return fittedObjects(workload, { declaration, pace, prefix: 's01.', kafka: '127.0.0.1:9092', env })
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
    bootstrapServers: '127.0.0.1:9092',
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
    readonly template: { readonly spec: { readonly containers: readonly { readonly env: unknown }[] } }
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
