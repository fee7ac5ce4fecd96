import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokerEnvironment } from './broker-listeners.ts'

test('each listener is advertised under the address of those that use it', () => {
  const environment = brokerEnvironment('id', {
    host: { host: '127.0.0.1', port: 20001 },
    service: { host: 'kafka', port: 9092 },
    links: [
      {
        name: 'LINK0',
        inside: 9200,
        published: 20003,
        advertised: { host: '127.0.0.1', port: 20002 },
        for: 'host',
      },
      {
        name: 'LINK1',
        inside: 9201,
        published: 20004,
        advertised: { host: 'a-link', port: 8666 },
        for: 'service',
      },
    ],
  })
  assert.equal(
    environment.EVENTPROOF_ADVERTISED,
    'PLAINTEXT://127.0.0.1:20001,BROKER://kafka:9092,LINK0://127.0.0.1:20002,LINK1://a-link:8666',
  )
  assert.match(environment.KAFKA_LISTENERS ?? '', /LINK0:\/\/0\.0\.0\.0:9200,LINK1:\/\/0\.0\.0\.0:9201$/)
  assert.equal(environment.KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS, '1')
  assert.equal(environment.CLUSTER_ID, 'id')
})
