import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Cache } from '../../../../core/cache.ts'
import { cacheFolder } from '../../../../core/cache-folder.mjs'
import { Ports } from '../../../../core/ports.ts'
import { descendantsOf } from '../../../../core/process-identity.ts'
import { Reaper } from '../../../../core/reaper.ts'
import { LinkHung } from '../../../clients/toxiproxy-control.ts'
import { onLoopback } from '../../../local/loopback.ts'
import { ProcessParts } from '../process-parts.ts'
import { startLink } from './toxiproxy-link.ts'

test('a Toxiproxy that hangs is told, and healing replaces it on the same port', async () => {
  const data = await mkdtemp(join(tmpdir(), 'eventproof-link-test-'))
  await using reaper = new Reaper()
  await using ports = new Ports()
  const run = { logs: data, data, reaper, ports, report: () => {} }
  const echo = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  const target = onLoopback((echo.address() as { port: number }).port)
  const program = await new ProcessParts(new Cache(cacheFolder())).toxiproxy()
  const port = await ports.allocate()
  {
    const before = new Set(descendantsOf(process.pid).map(({ pid }) => pid))
    const options = { name: 'echo', to: 'database', program, port, target, patience: 200 } as const
    await using link = await startLink(options, run)
    assert.equal(await answer(port, 'hello'), 'hello')
    assert.deepEqual(await link.traffic(), { requests: 5, responses: 5 })
    const toxiproxy = descendantsOf(process.pid).find(({ pid }) => !before.has(pid))
    process.kill(toxiproxy?.pid as number, 'SIGSTOP')
    await assert.rejects(link.blackhole('responses'), LinkHung)
    await link.heal()
    assert.equal(await answer(port, 'again'), 'again')
    assert.deepEqual(await link.traffic(), { requests: 10, responses: 10 })
  }
  echo.close()
  await rm(data, { recursive: true })
})

async function answer(port: number, text: string): Promise<string> {
  const socket: Socket = connect({ host: '127.0.0.1', port })
  socket.write(text)
  const [chunk] = await once(socket, 'data')
  socket.destroy()
  return String(chunk)
}
