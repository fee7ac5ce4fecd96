import assert from 'node:assert/strict'
import { test } from 'node:test'
import { podService } from './pod-service.ts'

const VALUES = { 'kafka.bootstrapServers': 'k:9', 'postgres.password': 'a$(b)', topicPrefix: 's1.' }

function service(command: readonly string[], env: Readonly<Record<string, string>>) {
  const config = { command, env, ready: { tcp: true as const } }
  return podService(config, { values: VALUES, port: '$(OWN_PORT)', more: {} })
}

test('the port of a pod is wherever {port} stands, also inside other words', () => {
  const { command, env } = service(['java', '-Dserver.port={port}'], {
    PORT: '{port}',
    HEALTH_URL: 'http://pod:{port}/health',
    TOPIC: '{topicPrefix}orders',
  })
  assert.deepEqual(command, ['java', '-Dserver.port=$(OWN_PORT)'])
  assert.deepEqual(env, {
    PORT: '$(OWN_PORT)',
    HEALTH_URL: 'http://pod:$(OWN_PORT)/health',
    TOPIC: 's1.orders',
  })
})

test('what Kubernetes would take for a variable of its own is what the config says', () => {
  const { command, env, fill } = service(['sh', '-c', 'echo $$ $(OTHER) $X'], {
    SECRET: '{postgres.password}',
  })
  assert.deepEqual(command, ['sh', '-c', 'echo $$$$ $$(OTHER) $$X'])
  assert.equal(env.SECRET, 'a$$(b)')
  assert.equal(fill('{kafka.bootstrapServers}/$HOME'), 'k:9/$$HOME')
})
