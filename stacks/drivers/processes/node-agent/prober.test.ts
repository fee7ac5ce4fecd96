import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { counted, NOTHING_COUNTED } from './probe-count.ts'
import { httpAnswers, tcpAnswers } from './probe-request.ts'
import { watchProbe } from './prober.ts'

test('a verdict turns when enough results came in a row', () => {
  const verdicts = (results: string, probe = {}) => {
    let count = NOTHING_COUNTED
    return [...results].map((result) => {
      count = counted(count, result === '+', probe)
      return count.verdict === undefined ? '?' : count.verdict ? 'T' : 'F'
    })
  }
  assert.equal(verdicts('--+--+---+').join(''), '??TTTTTTFT')
  assert.equal(verdicts('+-++', { successThreshold: 2 }).join(''), '???T')
  assert.equal(verdicts('-', { failureThreshold: 1 }).join(''), 'F')
})

test('each turn is told once; a look that hangs counts as failed', async () => {
  const over = new AbortController()
  const results = [false, true, true, 'hang', false, true] as const
  const turns: boolean[] = []
  let looks = 0
  await watchProbe({
    probe: { periodSeconds: 0.01, timeoutSeconds: 0.05, failureThreshold: 2 },
    look: (signal) => {
      const result = results[looks++]
      if (result !== 'hang') return Promise.resolve(result === true)
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    },
    turned: (passing) => {
      turns.push(passing)
      if (turns.length === 3) over.abort()
    },
    signal: over.signal,
  })
  assert.deepEqual(turns, [true, false, true])
  assert.equal(looks, results.length)
})

test('an eager probe does not sleep through a quick start', async () => {
  const over = new AbortController()
  let looks = 0
  const passing = new Promise<void>((resolve) => {
    void watchProbe({
      probe: { periodSeconds: 3600 },
      look: async () => ++looks === 3,
      turned: () => resolve(),
      eager: true,
      signal: over.signal,
    })
  })
  await passing
  over.abort()
  assert.equal(looks, 3)
})

test('HTTP answers below 400 and open ports pass', async () => {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/moved' ? 301 : request.headers['x-probe'] === '1' ? 200 : 500
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const portOf = (name: string | number) => (name === 'http' ? port : Number(name))
  const signal = AbortSignal.timeout(5000)
  const headers = [{ name: 'x-probe', value: '1' }]
  assert.equal(await httpAnswers({ port: 'http', httpHeaders: headers }, portOf, signal), true)
  assert.equal(await httpAnswers({ port: 'http', path: 'moved' }, portOf, signal), true)
  assert.equal(await httpAnswers({ port: 'http' }, portOf, signal), false)
  assert.equal(await tcpAnswers({ port: 'http' }, portOf, signal), true)
  await new Promise((resolve) => server.close(resolve))
  assert.equal(await tcpAnswers({ port: 'http' }, portOf, signal), false)
  assert.equal(await httpAnswers({ port: 'http' }, portOf, signal), false)
})
