import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, describe, it } from 'node:test'
import type { V1Container, V1PodStatus } from '@kubernetes/client-node'
import { Ports } from '../../../../core/ports.ts'
import { groupLives } from '../../../../core/process-identity.ts'
import { Reaper } from '../../../../core/reaper.ts'
import { until, within } from '../../../../core/until.ts'
import { ComponentNotReady } from '../../../local/readiness.ts'
import type { LocalImage } from './local-image.ts'
import { MemoryApi } from './memory-api.ts'
import { NodeAgent, type RunningNode } from './node-agent.ts'
import type { PodEvent } from './pod-event.ts'

const logs = await mkdtemp(join(tmpdir(), 'eventproof-node-test-'))
const reaper = new Reaper()
const ports = new Ports()
after(async () => {
  await reaper[Symbol.asyncDispose]()
  await ports[Symbol.asyncDispose]()
  await rm(logs, { recursive: true, force: true })
})

const SERVER = `
  const { createServer } = require('node:http')
  process.on('SIGTERM', () => { console.log('bye'); process.exit(0) })
  createServer((_, answer) => answer.end('ok')).listen(process.env.PORT, '127.0.0.1', () => console.log('up', process.env.URL))`
const images: Record<string, LocalImage> = {
  sh: { command: ['/bin/sh', '-c'], cwd: '/' },
  server: { command: [process.execPath, '-e', SERVER], cwd: '/', ports: { PORT: 'http' } },
}

let node: RunningNode
let events: PodEvent[]
async function start(): Promise<MemoryApi> {
  const api = new MemoryApi()
  events = []
  const run = { logs, data: logs, reaper, ports, report: () => {} }
  const on = (event: PodEvent) => events.push(event)
  node = await NodeAgent.start({
    kubeconfig: api,
    name: 'n',
    images,
    run,
    backOff: { first: 200, longest: 400 },
    on,
  })
  return api
}
afterEach(() => node[Symbol.asyncDispose]())

const shell = (script: string, more: Partial<V1Container> = {}): V1Container => {
  return { name: 'app', image: 'sh', args: [script], ...more }
}
const soon = <T>(what: string, probe: () => T | undefined | false) => until(probe, { what, deadline: 10_000 })
const condition = (status: V1PodStatus | undefined, type = 'Ready') =>
  status?.conditions?.find((each) => each.type === type)?.status
const first = (status: V1PodStatus | undefined) => status?.containerStatuses?.[0]
const told = () => events.map(({ event }) => event)

describe('a pod on the node', () => {
  it('runs, is ready when its probe passes, and ends by SIGTERM', async () => {
    const api = await start()
    const http: V1Container = {
      name: 'app',
      image: 'server:1',
      env: [{ name: 'URL', value: 'http://127.0.0.1:$(PORT)/' }],
      ports: [{ name: 'http', containerPort: 8080 }],
      readinessProbe: { httpGet: { port: 'http' } },
    }
    api.create('a', { containers: [http] })
    api.create('b', { containers: [http] })
    await soon('both to be ready', () => ['a', 'b'].every((name) => condition(api.status(name)) === 'True'))
    assert.equal(api.status('a')?.phase, 'Running')
    assert.equal(node.pods.length, 2)
    const log = node.pods[0]?.containers[0]?.log ?? ''
    api.delete('a')
    await soon('its end', () => !api.pods.has('a'))
    // Each has a port of its own, which its other variables may name.
    assert.match(await readFile(log, 'utf8'), /up http:\/\/127\.0\.0\.1:\d{5}\/\nbye/)
    const own = events.filter(({ pod }) => pod === 'a')
    assert.deepEqual(
      own.map(({ event }) => event),
      ['started', 'ready', 'ending', 'exited', 'gone'],
    )
    assert.equal(own.find(({ event }) => event === 'exited')?.code, 0)
    assert.ok(api.leases > 0)
  })

  it('is killed when its grace is over, with all that it started', async () => {
    const api = await start()
    api.create('a', { containers: [shell('trap "" TERM; sleep 300 & echo $! ; wait; wait')] })
    await soon('its start', () => first(api.status('a'))?.state?.running)
    api.delete('a', 0.3)
    await soon('its end', () => !api.pods.has('a'))
    const exit = events.find(({ event }) => event === 'exited')
    assert.equal(exit?.signal, 'SIGKILL')
  })

  it('runs its preStop hook first', async () => {
    const api = await start()
    const preStop = { exec: { command: ['/bin/sh', '-c', `echo "$WHO stops" > ${logs}/pre-stop`] } }
    api.create('a', {
      containers: [shell('exec sleep 300', { env: [{ name: 'WHO', value: 'app' }], lifecycle: { preStop } })],
    })
    await soon('its start', () => first(api.status('a'))?.state?.running)
    api.delete('a')
    await soon('its end', () => !api.pods.has('a'))
    assert.equal(await readFile(join(logs, 'pre-stop'), 'utf8'), 'app stops\n')
  })

  it('is restarted with a back-off, and says how it ended', async () => {
    const api = await start()
    api.create('a', { containers: [shell('echo no database; exit 3')] })
    await soon('a second restart', () => (first(api.status('a'))?.restartCount ?? 0) >= 2)
    const status = await soon('the back-off', () => {
      const now = first(api.status('a'))
      return now?.state?.waiting?.reason === 'CrashLoopBackOff' && now
    })
    assert.equal(api.status('a')?.phase, 'Running')
    assert.equal(status?.lastState?.terminated?.exitCode, 3)
    assert.match(status?.lastState?.terminated?.message ?? '', /no database/)
    assert.match(
      status?.state?.waiting?.message ?? '',
      /back-off 0\.\ds restarting failed container=app pod=a_/,
    )
  })

  it('comes to its end when it is a job, and stays to be read', async () => {
    const api = await start()
    api.create('good', { restartPolicy: 'Never', containers: [shell('true')] })
    api.create('bad', { restartPolicy: 'Never', containers: [shell('exit 1')] })
    await soon(
      'both ends',
      () => api.status('good')?.phase === 'Succeeded' && api.status('bad')?.phase === 'Failed',
    )
    assert.equal(first(api.status('good'))?.state?.terminated?.reason, 'Completed')
    api.refusals = 1
    api.delete('good')
    await soon('removal', () => !api.pods.has('good'))
  })

  it('is killed as a fault, and comes back', async () => {
    const api = await start()
    api.create('a', { containers: [shell('exec sleep 300')] })
    await soon('its start', () => first(api.status('a'))?.state?.running)
    assert.equal(await node.kill('a'), true)
    await soon('its restart', () => told().filter((event) => event === 'started').length === 2)
    assert.deepEqual(told(), ['started', 'ready', 'killed', 'exited', 'started'].concat(told().slice(5)))
    assert.equal(first(api.status('a'))?.lastState?.terminated?.exitCode, 137)
    assert.equal(await node.kill('nobody'), false)
  })

  it('is restarted when its liveness probe fails', async () => {
    const api = await start()
    const livenessProbe = {
      exec: { command: ['/bin/false'] },
      periodSeconds: 0.05,
      failureThreshold: 2,
    }
    api.create('a', { containers: [shell('exec sleep 300', { livenessProbe })] })
    await soon('its restart', () => first(api.status('a'))?.restartCount === 1)
    assert.equal(events.find(({ event }) => event === 'exited')?.reason, 'the liveness probe failed')
  })

  it('waits, with a reason, for an image or a ConfigMap that comes later', async () => {
    const api = await start()
    const envFrom = [{ configMapRef: { name: 'late' } }]
    api.create('a', { containers: [{ name: 'app', image: 'later', envFrom }] })
    const waiting = (reason: string) =>
      soon(reason, () => first(api.status('a'))?.state?.waiting?.reason === reason)
    await waiting('ErrImageNeverPull')
    assert.equal(api.status('a')?.phase, 'Pending')
    node.use('later', { command: ['/bin/sh', '-c', 'echo $WORD; exec sleep 300'], cwd: '/' }, 'default')
    await waiting('CreateContainerConfigError')
    assert.match(first(api.status('a'))?.state?.waiting?.message ?? '', /configmap "late" not found/)
    api.settings.late = { WORD: 'hello' }
    await soon('its start', () => first(api.status('a'))?.state?.running)
    await until(async () => /hello/.test(await readFile(node.pods[0]?.containers[0]?.log ?? '', 'utf8')), {
      what: 'its word',
      deadline: 5000,
    })
  })

  it('that cannot be started says why', async () => {
    const api = await start()
    api.create('a', { containers: [{ name: 'app', image: 'sh', command: ['no-such-program'] }] })
    api.create('b', { containers: [shell('true', { workingDir: '/no/such/folder' })] })
    const message = (name: string) => first(api.status(name))?.lastState?.terminated?.message
    assert.match((await soon('a reason', () => message('a'))) ?? '', /no-such-program ENOENT/)
    assert.match((await soon('a reason', () => message('b'))) ?? '', /folder \/no\/such\/folder is not/)
    assert.equal(first(api.status('a'))?.lastState?.terminated?.reason, 'StartError')
  })

  it('gives way to its successor of the same name', async () => {
    const api = await start()
    api.create('a', { containers: [shell('exec sleep 300')] }, 'one')
    await soon('its start', () => first(api.status('a'))?.state?.running)
    api.create('a', { containers: [shell('exec sleep 300')] }, 'two')
    await soon('the old one’s end', () => events.some(({ event, uid }) => event === 'gone' && uid === 'one'))
    await soon('the new one', () => first(api.status('a'))?.state?.running)
    assert.ok(api.pods.has('a'))
  })
})

it('nothing of it runs after disposal, and the log tells what happened', async () => {
  const api = await start()
  api.create('a', { containers: [shell('trap "" TERM; sleep 300; sleep 300')] })
  await soon('its start', () => first(api.status('a'))?.state?.running)
  const pid = node.pods[0]?.containers[0]?.pid as number
  await node[Symbol.asyncDispose]()
  assert.equal(groupLives(pid), false)
  assert.ok(api.pods.has('a'))
  assert.match(await readFile(node.log, 'utf8'), /started default\/a app pid=\d+ restarts=0/)
})

it('a server that hangs keeps nobody from leaving', async () => {
  const api = await start()
  api.create('a', { containers: [shell('exec sleep 300')] })
  await soon('its start', () => first(api.status('a'))?.state?.running)
  const never = () => new Promise<never>(() => {})
  Object.assign(api, { patchStatus: never, remove: never, configMap: never, renewLease: never })
  api.delete('a')
  api.create('b', { containers: [shell('true', { envFrom: [{ configMapRef: { name: 'c' } }] })] })
  await soon('its end', () => told().includes('exited'))
  await within(5000, 'disposal', Promise.resolve(node[Symbol.asyncDispose]()))
})

it('a server that does not answer is an error in time', async () => {
  const api = new MemoryApi()
  api.version = () => Promise.reject(new Error('connection refused'))
  const run = { logs, data: logs, reaper, ports, report: () => {} }
  await assert.rejects(
    NodeAgent.start({ kubeconfig: api, name: 'n', images, run, deadline: 300 }),
    (error: ComponentNotReady) => {
      assert.ok(error instanceof ComponentNotReady)
      assert.match(error.detail.last ?? '', /connection refused/)
      return true
    },
  )
})
