import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { V1Container, V1Pod } from '@kubernetes/client-node'
import { usersPath } from '../../../../core/users-path.ts'
import { type LocalImage, portNumber } from './local-image.ts'
import { mappedPorts, type ProcessSpec, processSpec } from './process-spec.ts'
import { isRefusal } from './refusal.ts'

const pod: V1Pod = { metadata: { name: 'orders-1', namespace: 'shop' } }
const image: LocalImage = { command: ['node', 'main.js'], cwd: '/app', env: { LEVEL: 'info', MODE: 'a' } }
const container = (more: Partial<V1Container> = {}): V1Container => ({
  name: 'app',
  image: 'orders',
  ...more,
})
const spec = (own: V1Container, local = image, ports = new Map<number, number>()) =>
  processSpec(pod, own, local, { MODE: 'b', PORT: '8080' }, ports) as ProcessSpec

test('command and args mean what they mean in a cluster', () => {
  assert.deepEqual(spec(container()).command, ['node', 'main.js'])
  assert.deepEqual(spec(container({ args: ['--mode', '$(MODE)'] })).command, [
    'node',
    'main.js',
    '--mode',
    'b',
  ])
  assert.deepEqual(spec(container({ command: ['sh', '-c', 'true'] })).command, ['sh', '-c', 'true'])
  assert.ok(isRefusal(processSpec(pod, container(), { command: [], cwd: '/' }, {}, new Map())))
})

test('the pod’s environment wins over the image’s; nothing of ours is inherited', () => {
  process.env.EVENTPROOF_TEST_SECRET = 'ours'
  const { env, cwd } = spec(container())
  delete process.env.EVENTPROOF_TEST_SECRET
  assert.equal(cwd, '/app')
  assert.deepEqual([env.LEVEL, env.MODE, env.HOSTNAME], ['info', 'b', 'orders-1'])
  assert.equal(env.PATH, usersPath())
  assert.equal(env.EVENTPROOF_TEST_SECRET, undefined)
  assert.equal(spec(container({ workingDir: '/elsewhere' })).cwd, '/elsewhere')
})

test('a mapped port wins over the manifest’s own value', () => {
  const local = { ...image, ports: { PORT: 'http' } }
  const own = container({ ports: [{ name: 'http', containerPort: 8080 }] })
  assert.deepEqual(mappedPorts(own, local), [8080])
  assert.equal(spec(own, local, new Map([[8080, 21_234]])).env.PORT, '21234')
  assert.ok(isRefusal(mappedPorts(container(), local)))
  assert.equal(portNumber(own, 'http'), 8080)
  assert.equal(portNumber(own, '9090'), 9090)
  assert.equal(portNumber(own, 'metrics'), undefined)
})
