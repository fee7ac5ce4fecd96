import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ConsumerConfig, SubjectConfig } from '../config.ts'
import { declaredScaling } from './declared-scaling.ts'

const consumer: ConsumerConfig = {
  service: 'fulfillment',
  topic: 'order-events',
  group: 'order-fulfillment-group',
  eventId: { header: 'eventId' },
  event: { json: {} },
  effects: { table: 'shipments', eventId: 'event_id' },
}
const retry = { attempts: 3, delays: ['1s', '2s'], topics: [], deadLetter: 'order-events-dlt' }

function declared(changes: Partial<ConsumerConfig>, scaling: SubjectConfig['scaling'] = {}) {
  const config: SubjectConfig = {
    services: {},
    consumers: { fulfillment: { ...consumer, ...changes } },
    scaling,
  }
  return declaredScaling(config)
}

describe('what a config declares of scaled consumers', () => {
  it('is group and topic, and a claim of zero for who is scaled', () => {
    const scaling = { 'order-consumer': { manifests: ['k8s.yaml'], consumer: 'fulfillment' } }
    assert.deepEqual(declared({ partitions: 6 }, scaling), {
      consumers: {
        fulfillment: {
          group: 'order-fulfillment-group',
          topic: 'order-events',
          otherTopics: [],
          deadLetters: false,
          scaleToZero: true,
          partitions: 6,
        },
      },
      workloads: { 'order-consumer': 'fulfillment' },
    })
    assert.equal(declared({}).consumers?.fulfillment?.scaleToZero, false)
  })

  it('is what must wake, and whether what can not be handled is put aside', () => {
    const scaling = { 'order-consumer': { manifests: ['k8s.yaml'], consumer: 'fulfillment', wakesAt: 3 } }
    const { wakesAt, deadLetters } = declared({ retry }, scaling).consumers?.fulfillment ?? {}
    assert.deepEqual([wakesAt, deadLetters], [3, true])
  })

  it('counts retries in place as work under way, and retry topics as topics of the group', () => {
    assert.equal(declared({ retry }).consumers?.fulfillment?.longestWork, 3000)
    const topics = declared({ retry: { ...retry, topics: ['a', 'b'] } }).consumers?.fulfillment
    assert.deepEqual([topics?.otherTopics, topics?.longestWork], [['a', 'b'], undefined])
  })
})
