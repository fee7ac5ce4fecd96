import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { isFree, NoPortFree, Ports } from './ports.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eventproof-ports-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('two runs side by side never get the same port', async () => {
  const range = { folder, first: 31_000, last: 31_039 }
  await using one = new Ports(range)
  await using two = new Ports(range)
  const all = await Promise.all(
    [one, two].flatMap((ports) => Array.from({ length: 15 }, () => ports.allocate())),
  )
  assert.equal(new Set(all).size, 30)
  assert.ok(all.every((port) => port >= 31_000 && port <= 31_039))
})

test('a port on which something listens is not given', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  assert.equal(await isFree(port), false)
  await using ports = new Ports({ folder, first: port, last: port })
  await assert.rejects(ports.allocate(), NoPortFree)
  server.close()
})

test('disposal gives all leases back', async () => {
  const ports = new Ports({ folder })
  await ports.allocate()
  await ports.allocate()
  await ports[Symbol.asyncDispose]()
  assert.deepEqual(await readdir(folder), [])
})

test('the lease of a dead owner is worth nothing', async () => {
  const only = { folder, first: 31_050, last: 31_050 }
  const script = `
    import { Ports } from '${new URL('./ports.ts', import.meta.url).href}'
    await new Ports(${JSON.stringify(only)}).allocate()
    console.log('leased')
    setInterval(() => {}, 1000)`
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(owner.stdout, 'data')
  await using ports = new Ports(only)
  await assert.rejects(ports.allocate(), NoPortFree)
  owner.kill('SIGKILL')
  await once(owner, 'exit')
  assert.equal(await ports.allocate(), 31_050)
})
