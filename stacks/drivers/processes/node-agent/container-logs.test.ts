import assert from 'node:assert/strict'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { answer, type LoggedContainer } from './container-logs.ts'

describe('a container’s log over HTTP', () => {
  let folder: string
  let base: string
  let pid: number | undefined = 1
  const over = new AbortController()
  const app: LoggedContainer = {
    name: 'app',
    get pid() {
      return pid
    },
    log: (previous) => join(folder, previous ? '0.log' : '1.log'),
  }
  const pods = {
    named: (namespace: string, pod: string) =>
      namespace === 'shop' && pod === 'orders' ? { containers: [app] } : undefined,
  }
  const server = createServer((request, response) => {
    void answer(new URL(request.url ?? '', 'http://node'), response, pods, over.signal)
  })
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'eventproof-logs-test-'))
    await writeFile(join(folder, '0.log'), 'before\n')
    await writeFile(join(folder, '1.log'), 'one\ntwo\nthree\n')
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(async () => {
    over.abort()
    server.close()
    await rm(folder, { recursive: true })
  })
  const get = async (path: string) => {
    const response = await fetch(base + path)
    return [response.status, await response.text()] as const
  }
  const LOG = '/containerLogs/shop/orders/app'

  it('whole, its last lines, its first bytes, and of the process before', async () => {
    assert.deepEqual(await get(LOG), [200, 'one\ntwo\nthree\n'])
    assert.deepEqual(await get(`${LOG}?tailLines=2`), [200, 'two\nthree\n'])
    assert.deepEqual(await get(`${LOG}?tailLines=9`), [200, 'one\ntwo\nthree\n'])
    assert.deepEqual(await get(`${LOG}?tailLines=0`), [200, ''])
    assert.deepEqual(await get(`${LOG}?limitBytes=5`), [200, 'one\nt'])
    assert.deepEqual(await get(`${LOG}?previous=true&timestamps=false`), [200, 'before\n'])
  })

  it('followed until the process ends', async () => {
    const response = await fetch(`${base}${LOG}?follow=true&tailLines=1`)
    const body = response.body?.getReader()
    const next = async () => Buffer.from((await body?.read())?.value ?? []).toString()
    assert.equal(await next(), 'three\n')
    await appendFile(join(folder, '1.log'), 'four\n')
    assert.equal(await next(), 'four\n')
    pid = 2
    assert.equal(await next(), '')
  })

  it('what it cannot say is refused in words', async () => {
    assert.equal((await get('/containerLogs/shop/orders/other'))[0], 404)
    assert.match((await get(`${LOG}?timestamps=true`))[1], /no times of lines/)
    assert.equal((await get('/exec/shop/orders/app'))[0], 501)
  })
})
