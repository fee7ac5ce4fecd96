import assert from 'node:assert/strict'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { endpointText } from '../../core/endpoint.ts'
import { until } from '../../core/until.ts'
import type { Program, ServiceSpec, Stack } from '../../stacks/stack.ts'
import { refuses } from './driver-probes.ts'
import { linesOf } from './lines-of.ts'

/** How a stack runs a script of Node as a service. */
export interface NodePrograms {
  readonly program: (script: string) => Program
  /** The address at which such a service listens. */
  readonly host: string
}

const COMMANDS: NodePrograms = {
  program: (script) => ({ command: [process.execPath, '-e', script], cwd: '/' }),
  host: '127.0.0.1',
}

const listens = `require('http').createServer((_, answer) => answer.end('ok')).listen(process.env.PORT, process.env.HOST)`

/** What every driver must do with services under test. */
export function serviceContract(stack: () => Stack, { program, host }: NodePrograms = COMMANDS): void {
  let services = 0

  async function service(script: string, more: Partial<ServiceSpec> = {}): Promise<ServiceSpec> {
    const runs = program(script)
    const port = await stack().port(runs)
    return {
      name: `service-${++services}`,
      instance: 0,
      program: runs,
      ready: { http: '/health' },
      deadline: 15_000,
      port,
      ...more,
      env: { PORT: String(port), HOST: host, ...more.env },
    }
  }

  test('a service that dies at start is told with its last lines', async () => {
    const spec = await service(`console.error('no such table'); process.exit(4)`)
    await assert.rejects(
      stack().service(spec),
      (error: Error & { detail: { what: string; last: string } }) => {
        assert.equal((error as { code?: string }).code, 'EVENTPROOF_SERVICE_DIED')
        assert.match(error.detail.what, /exit code 4/)
        assert.match(error.detail.last, /no such table/)
        return true
      },
    )
  })

  test('a service that never gets ready is told with the last answer, and ended', async () => {
    const unready = listens.replace(`answer.end('ok')`, 'answer.writeHead(503).end()')
    const spec = await service(unready, { deadline: 1500 })
    await assert.rejects(stack().service(spec), (error: Error & { detail: { last: string } }) => {
      assert.equal((error as { code?: string }).code, 'EVENTPROOF_SERVICE_NOT_READY')
      assert.match(error.detail.last, /HTTP 503/)
      return true
    })
    await using _there = await stack().service({ ...spec, program: program(listens), deadline: 15_000 })
  })

  test('a service may be ready when a command says so, run where it runs', async () => {
    const check = (word: string) => service(listens, { ready: { check: [word] }, deadline: 1500 })
    await assert.rejects(stack().service(await check('false')), { code: 'EVENTPROOF_SERVICE_NOT_READY' })
    await using running = await stack().service({ ...(await check('true')), deadline: 15_000 })
    assert.ok(running.running)
  })

  test('a service can be killed, started again, held and let go', async (t) => {
    if (!stack().capabilities.has('kill-service')) return t.skip('this stack does not hurt services')
    const events: string[] = []
    const ids = new Set<string>()
    const spec = await service(`console.log('here I am'); ${listens}`, {
      on: ({ event, id }) => {
        events.push(event)
        ids.add(id)
      },
    })
    await using running = await stack().service(spec)
    const first = running.id
    const at = running.endpoint('host')
    const answer = async () => (await fetch(`http://${endpointText(at)}`)).text()
    assert.equal(await answer(), 'ok')
    await running.kill()
    assert.equal(running.running, false)
    assert.ok(await refuses(at))
    await running.restart()
    assert.deepEqual([...ids], [first, running.id])
    assert.deepEqual(running.endpoint('host'), at)
    await running.pause()
    await assert.rejects(fetch(`http://${endpointText(at)}`, { signal: AbortSignal.timeout(300) }))
    await running.resume()
    assert.equal(await answer(), 'ok')
    await running.stop()
    assert.deepEqual(events.slice(0, 5), ['started', 'ready', 'killed', 'exited', 'started'])
    assert.deepEqual(await linesOf(running), ['here I am', 'here I am'])
  })

  test('a service that was ready before and is late this time is left to it; one that never was is told as killed', async (t) => {
    if (!stack().capabilities.has('kill-service')) return t.skip('this stack does not hurt services')
    const events: string[] = []
    const on: ServiceSpec['on'] = ({ event }) => events.push(event)
    // As a member of a group that waits for the session of the process before it: ready at once only the first time.
    const late = `const { appendFileSync, readFileSync } = require('fs')
      appendFileSync('/tmp/late-' + process.env.PORT, 'x')
      const starts = readFileSync('/tmp/late-' + process.env.PORT).length
      ${listens}
      setTimeout(() => console.log('joined'), starts === 1 ? 0 : 60_000)`
    const spec = await service(late, { on, ready: { log: /joined/ }, deadline: 1500 })
    await using running = await stack().service(spec)
    t.after(() => rm(`/tmp/late-${spec.port}`, { force: true }))
    await running.kill()
    await assert.rejects(running.restart(), { code: 'EVENTPROOF_SERVICE_NOT_READY' })
    assert.ok(running.running)
    assert.equal(await (await fetch(`http://${endpointText(running.endpoint('host'))}`)).text(), 'ok')
    assert.deepEqual(events, ['started', 'ready', 'killed', 'exited', 'started'])
    events.splice(0)
    const never = await service(listens, { on, ready: { log: /joined/ }, deadline: 500 })
    await assert.rejects(stack().service(never), { code: 'EVENTPROOF_SERVICE_NOT_READY' })
    assert.deepEqual(events.slice(0, 2), ['started', 'killed'])
  })

  test('what a service writes can be followed', async () => {
    const spec = await service(`setInterval(() => console.log('tick'), 20); ${listens}`)
    await using running = await stack().service(spec)
    const enough = new AbortController()
    let ticks = 0
    for await (const line of running.logs(enough.signal)) if (line === 'tick' && ++ticks === 5) enough.abort()
    assert.ok(ticks >= 5)
  })

  test('a service reaches a port of our own', async () => {
    await using listener = await stack().listener()
    const calls: string[] = []
    const server = createServer((request, answer) => {
      calls.push(request.url ?? '')
      answer.end()
    })
    server.listen(listener.bind.port, listener.bind.host)
    await once(server, 'listening')
    const script = `fetch(process.env.STUB).then(() => { ${listens} })`
    const from = stack().viewpoint(program(script))
    const env = { STUB: `http://${endpointText(listener.endpoint(from))}/called` }
    await using _running = await stack().service(await service(script, { env }))
    await until(() => calls.includes('/called'), { what: 'the call', deadline: 5000 })
    server.closeAllConnections()
    server.close()
  })
}
