import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { RunOver, startChild } from './child-process.ts'
import { identityOf, isAlive } from './process-identity.ts'
import { Reaper } from './reaper.ts'
import { until } from './until.ts'

/** A run that starts a group, one in a session of its own below it, and a folder; then says so and waits. */
const RUN = `
  import { mkdtemp } from 'node:fs/promises'
  import { tmpdir } from 'node:os'
  import { join } from 'node:path'
  import { startChild } from '${new URL('./child-process.ts', import.meta.url).href}'
  import { Reaper } from '${new URL('./reaper.ts', import.meta.url).href}'
  import { until } from '${new URL('./until.ts', import.meta.url).href}'
  const reaper = new Reaper()
  const folder = await mkdtemp(join(tmpdir(), 'eventproof-'))
  reaper.path(folder)
  const env = { PATH: process.env.PATH }
  const log = join(folder, 'log')
  const command = ['/bin/sh', '-c', 'setsid sleep 300 & echo $! escaped; sleep 300']
  const child = await startChild({ command, cwd: folder, env, log, reaper })
  const said = async () => (await child.tail()).match(/(\\d+) escaped/)?.[1]
  const escaped = Number(await until(said, { what: 'its pid', deadline: 10_000 }))
  console.log(JSON.stringify({ folder, pids: [child.pid, escaped, reaper.pid] }))
  setInterval(() => {}, 1000)
`

test('kill -9 of a run leaves no process and no folder within 2 s', async () => {
  const run = spawn(process.execPath, ['--input-type=module', '-e', RUN], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface(run.stdout), 'line')
  const { folder, pids } = JSON.parse(String(line)) as { folder: string; pids: number[] }
  const identities = pids.map((pid) => identityOf(pid))
  assert.ok(identities.every((identity) => identity !== undefined))
  run.kill('SIGKILL')
  await until(() => identities.every((identity) => identity && !isAlive(identity)), {
    what: 'the end of all processes',
    deadline: 2000,
  })
  await assert.rejects(access(folder))
})

test('a group that has ended is not killed again under its old number', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reaper-test-'))
  const mine = spawn('/bin/sleep', ['300'], { detached: true, stdio: 'ignore' })
  const ended = once(mine, 'exit')
  const reaper = new Reaper()
  reaper.group(mine.pid as number)
  reaper.gone(mine.pid as number)
  await reaper[Symbol.asyncDispose]()
  assert.ok(identityOf(mine.pid as number), 'it was not registered any more and must live')
  mine.kill('SIGKILL')
  await ended
  await rm(folder, { recursive: true })
})

test('nothing is started once the run is over', async () => {
  const reaper = new Reaper()
  await reaper[Symbol.asyncDispose]()
  const options = { cwd: '/', env: {}, log: '/dev/null', reaper }
  await assert.rejects(startChild({ command: ['/bin/sleep', '300'], ...options }), RunOver)
})

test('only folders of ours are removed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'somebody-elses-'))
  const reaper = new Reaper()
  reaper.path(folder)
  await reaper[Symbol.asyncDispose]()
  await access(folder)
  await rm(folder, { recursive: true })
})

test('what is to be run at the end is run after a SIGKILL, and not where it was taken back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reaper-test-'))
  const reaper = `import { Reaper } from '${new URL('./reaper.ts', import.meta.url).href}'\n`
  const run = (script: string) =>
    spawn(process.execPath, ['--input-type=module', '-e', reaper + script], { stdio: 'inherit' })
  const killed = join(folder, "it's run")
  await once(
    run(
      `new Reaper().atEnd(['/bin/mkdir', ${JSON.stringify(killed)}]); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50)`,
    ),
    'exit',
  )
  await until(() => access(killed).then(() => true), { what: 'the folder', deadline: 2000 })
  const back = join(folder, 'not-run')
  await once(
    run(
      `const r = new Reaper(); r.atEnd(['/bin/mkdir', ${JSON.stringify(back)}])(); await r[Symbol.asyncDispose]()`,
    ),
    'exit',
  )
  await assert.rejects(access(back))
  await rm(folder, { recursive: true })
})
