import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database } from '../../../stacks/stack.ts'
import { localProcess } from './local-process.ts'

const database = { name: 'd', host: 'h', port: 5, user: 'u', password: 'a$(b)' } as Database

function local(command: readonly string[], env: Readonly<Record<string, string>>) {
  const service = { command, env, ready: { tcp: true as const } }
  return localProcess(service, { database, kafka: 'k:9', topicPrefix: 's1.', more: {}, cwd: '/' })
}

test('the port of a pod is wherever {port} stands, also inside other words', () => {
  const { command, env } = local(['java', '-Dserver.port={port}'], {
    PORT: '{port}',
    HEALTH_URL: 'http://127.0.0.1:{port}/health',
    TOPIC: '{topicPrefix}orders',
  })
  assert.deepEqual(command, ['java', '-Dserver.port=$(EVENTPROOF_PORT)'])
  assert.deepEqual(env, {
    PORT: '$(EVENTPROOF_PORT)',
    HEALTH_URL: 'http://127.0.0.1:$(EVENTPROOF_PORT)/health',
    TOPIC: 's1.orders',
  })
})

test('what Kubernetes would take for a variable of its own is what the config says', () => {
  const { command, env, fill } = local(['sh', '-c', 'echo $$ $(OTHER) $X'], { SECRET: '{postgres.password}' })
  assert.deepEqual(command, ['sh', '-c', 'echo $$$$ $$(OTHER) $$X'])
  assert.equal(env.SECRET, 'a$$(b)')
  assert.equal(fill('{kafka.bootstrapServers}/$HOME'), 'k:9/$$HOME')
})
