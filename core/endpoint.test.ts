import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endpointText, firstEndpoint } from './endpoint.ts'

test('of several servers the first is taken, with a host that has colons of its own', () => {
  assert.deepEqual(firstEndpoint('kafka:9092,other:1'), { host: 'kafka', port: 9092 })
  assert.deepEqual(firstEndpoint('[::1]:9092'), { host: '[::1]', port: 9092 })
  assert.equal(endpointText(firstEndpoint('kafka:9092')), 'kafka:9092')
})
