import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { descendantsOf, isAlive } from '../../../core/process-identity.ts'
import { until } from '../../../core/until.ts'
import { driverContract } from '../../../test/stack/driver-contract.ts'
import { openStack } from '../../open-stack.ts'

const logs = await mkdtemp(join(tmpdir(), 'eventproof-processes-test-'))
// As root, Postgres runs as somebody else, who must be able to pass.
await chmod(logs, 0o711)
after(() => rm(logs, { recursive: true, force: true }))

driverContract('processes', () => openStack('processes', { logs }))

const DRIVER = new URL('../../open-stack.ts', import.meta.url).href

test('an image is refused with what to do', async () => {
  await using stack = await openStack('processes', { logs })
  const program = { image: 'acme/orders:1.4' }
  const port = await stack.port(program)
  const spec = {
    name: 'orders',
    instance: 0,
    program,
    env: {},
    ready: { tcp: true as const },
    deadline: 1,
    port,
  }
  await assert.rejects(stack.service(spec), (error: Error & { detail: { what: string; hint: string } }) => {
    assert.equal((error as { code?: string }).code, 'EVENTPROOF_PROGRAM_REFUSED')
    assert.match(error.detail.what, /acme\/orders:1\.4/)
    assert.match(error.detail.hint, /`command`/)
    return true
  })
})

test('a port that is taken is refused', async () => {
  await using stack = await openStack('processes', { logs })
  const program = { command: ['node', '-e', ''], cwd: '/' }
  const port = await stack.port(program)
  const other = createServer().listen(port, '127.0.0.1')
  const spec = {
    name: 'late',
    instance: 0,
    program,
    env: {},
    ready: { tcp: true as const },
    deadline: 1,
    port,
  }
  await assert.rejects(stack.service(spec), { code: 'EVENTPROOF_PORT_OCCUPIED' })
  other.close()
})

test('a listener of the broker is used again when its link has ended', async () => {
  await using stack = await openStack('processes', { logs })
  await stack.need(['kafka'])
  const open = (n: number) => stack.link(`link-${n}`, 'kafka', 'host')
  const links = await Promise.all(Array.from({ length: 10 }, (_, n) => open(n)))
  const ports = links.map((link) => link.endpoint('host').port)
  assert.equal(new Set(ports).size, 10)
  const waiting = open(10)
  await links[3]?.[Symbol.asyncDispose]()
  assert.equal((await waiting).endpoint('host').port, ports[3])
})

test('kill -9 of the tool leaves no process and no data within 2 s', async () => {
  const script = `
    import { openStack } from '${DRIVER}'
    const stack = await openStack('processes', { logs: ${JSON.stringify(logs)} })
    await stack.need(['postgres', 'kafka', 'toxiproxy'])
    await stack.link('some', 'kafka', 'host')
    console.log('up')
    setInterval(() => {}, 1000)`
  const env = { ...process.env, TMPDIR: logs }
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  const tool = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
    env,
    stdio: [...stdio],
  })
  const lines = createInterface(tool.stdout)
  const [first] = await Promise.race([once(lines, 'line'), once(lines, 'close')])
  assert.equal(first, 'up')
  const started = descendantsOf(tool.pid as number)
  assert.ok(started.length >= 8, `Postgres and its children, Kafka, a link, the reaper: ${started.length}`)
  const data = (await readdir(logs)).filter(
    (name) => name.startsWith('eventproof-') && !name.endsWith('ports'),
  )
  assert.equal(data.length, 1)
  tool.kill('SIGKILL')
  await until(() => !started.some(isAlive), { what: 'the end of all processes', deadline: 2000 })
  await assert.rejects(access(join(logs, data[0] as string)))
})

test('a stack that is disposed while it starts ends before it is ready', async () => {
  const seen: string[] = []
  const stack = await openStack('processes', {
    logs,
    onProgress: (event) => {
      if (event.type === 'component') seen.push(event.state)
    },
  })
  const failed = assert.rejects(stack.need(['postgres', 'kafka']))
  await until(() => seen.includes('starting'), { what: 'a component to start', deadline: 10_000, every: 5 })
  await stack[Symbol.asyncDispose]()
  await failed
  assert.ok(!seen.includes('ready'), seen.join())
})
