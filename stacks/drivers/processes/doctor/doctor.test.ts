import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Cache } from '../../../../core/cache.ts'
import { toxiproxyProgram } from '../../../artifacts/toxiproxy-program.ts'
import { diagnose } from './doctor.ts'
import { kubernetesLines } from './doctor-kubernetes.ts'

test('a machine without tools and with an empty cache is told what it lacks, what that costs, and the fix', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'eventproof-doctor-test-'))
  const lines = await diagnose({ cache, env: { PATH: cache } })
  const missing = lines.filter(({ state }) => state === 'missing').map(({ subject }) => subject)
  for (const tool of ['npm', 'python3', 'mvn']) assert.ok(missing.includes(tool), tool)
  for (const line of lines) {
    if (line.state === 'missing') assert.ok(line.costs && line.fix, line.subject)
  }
  const go = lines.find(({ subject }) => subject === 'go')
  assert.deepEqual([go?.state, go?.controls], ['warn', ['P1']])
  for (const part of ['cache postgres', 'cache kubernetes'])
    assert.ok(
      lines.some(({ subject, state }) => subject === part && state === 'warn'),
      part,
    )
  const kubernetes = lines.find(({ subject }) => subject === 'kubernetes')
  assert.match(kubernetes?.found ?? '', /Go is not on PATH/)
  assert.deepEqual(kubernetes?.controls, ['O1'])
  for (const room of ['build memory', 'build disk']) assert.ok(lines.some(({ subject }) => subject === room))
  await rm(cache, { recursive: true })
})

test('a cached file of the right size and the wrong bytes is found by a thorough look, with what to remove', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'eventproof-doctor-test-'))
  const program = (bytes: string) => async (into: string) => writeFile(join(into, 'toxiproxy'), bytes)
  const content = await new Cache(folder).obtain({ ...toxiproxyProgram, build: program('good') })
  await writeFile(join(content, 'toxiproxy'), 'evil')
  const look = async (thorough: boolean) =>
    (await diagnose({ cache: folder, thorough })).find(({ subject }) => subject === 'cache toxiproxy')
  assert.equal((await look(false))?.state, 'ok')
  const damaged = await look(true)
  assert.match(damaged?.found ?? '', /damaged: .*toxiproxy has another sha256/)
  assert.match(damaged?.fix ?? '', /^rm -r .*toxiproxy-/)
  await rm(folder, { recursive: true })
})

test('what building Kubernetes takes is told beside what there is, and costs O1 where it is too little', async () => {
  const at = async (memory: number, disk: number) => {
    const [, ...room] = await kubernetesLines(new Cache('/nowhere'), { PATH: '' }, { memory, disk })
    return room
  }
  const enough = await at(6e9, 20e9)
  assert.deepEqual(
    enough.map(({ state, found }) => [state, found.split(' needed')[0]]),
    [
      ['ok', '6.0 GB available, 4.5 GB'],
      ['ok', '20.0 GB available, 8.0 GB'],
    ],
  )
  for (const line of await at(4e9, 7e9)) {
    assert.equal(line.state, 'warn')
    assert.deepEqual(line.controls, ['O1'])
    assert.ok(line.fix)
  }
})

test('a cluster without its client costs O1, with the command that installs it', async () => {
  const room = { memory: 6e9, disk: 20e9 }
  const [line, ...more] = await kubernetesLines(
    new Cache('/nowhere'),
    { PATH: '' },
    room,
    () => 'is not installed',
  )
  assert.deepEqual([line?.state, line?.controls, more], ['warn', ['O1'], []])
  assert.match(line?.fix ?? '', /^npm install --save-dev @kubernetes\/client-node@\d/)
})
