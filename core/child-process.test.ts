import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startChild } from './child-process.ts'
import { descendantsOf, identityOf } from './process-identity.ts'
import { Reaper } from './reaper.ts'
import { until } from './until.ts'

let folder: string
let reaper: Reaper
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eventproof-child-'))
  reaper = new Reaper()
})
after(async () => {
  await reaper[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

function shell(script: string, name = 'out') {
  const env = { PATH: process.env.PATH ?? '' }
  return startChild({ command: ['/bin/sh', '-c', script], cwd: folder, env, log: join(folder, name), reaper })
}

test('its output is in the log, its end is known', async () => {
  const child = await shell('echo one; echo two >&2; exit 3')
  assert.deepEqual(await child.exited, { code: 3, signal: null })
  assert.equal(await child.tail(), 'one\ntwo')
  assert.equal(child.running, false)
})

test('kill ends what left its group, too', async () => {
  const child = await shell('setsid sleep 300 & sleep 300', 'kill')
  const below = await until(() => descendantsOf(child.pid).length >= 2 && descendantsOf(child.pid), {
    what: 'its children',
    deadline: 5000,
  })
  await child.kill()
  assert.deepEqual(await child.exited, { code: null, signal: 'SIGKILL' })
  assert.ok(below.every(({ pid, start }) => identityOf(pid)?.start !== start))
})

test('stop asks first, and kills what does not listen', async () => {
  const polite = await shell('trap "exit 7" TERM; echo up; while :; do sleep 0.01; done', 'polite')
  await until(async () => (await polite.tail()) === 'up', { what: 'up', deadline: 5000 })
  await polite.stop(5000)
  assert.deepEqual(await polite.exited, { code: 7, signal: null })
  const deaf = await shell('trap "" TERM; echo up; while :; do sleep 0.01; done', 'deaf')
  await until(async () => (await deaf.tail()) === 'up', { what: 'up', deadline: 5000 })
  await deaf.stop(50)
  assert.deepEqual(await deaf.exited, { code: null, signal: 'SIGKILL' })
})

test('a program that does not exist is an error, not a child', async () => {
  const options = { cwd: folder, env: {}, log: join(folder, 'none'), reaper }
  await assert.rejects(startChild({ command: ['/no/such/program'], ...options }), { code: 'ENOENT' })
})
