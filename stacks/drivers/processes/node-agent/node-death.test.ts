import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { descendantsOf, isAlive } from '../../../../core/process-identity.ts'
import { until } from '../../../../core/until.ts'

const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)

test('kill -9 of the tool leaves no process of any pod', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'eventproof-node-death-'))
  const script = `
    import { Ports } from ${module('../../../../core/ports.ts')}
    import { Reaper } from ${module('../../../../core/reaper.ts')}
    import { MemoryApi } from ${module('./memory-api.ts')}
    import { NodeAgent } from ${module('./node-agent.ts')}
    const folder = ${JSON.stringify(folder)}
    const run = { logs: folder, data: folder, reaper: new Reaper(), ports: new Ports(), report: () => {} }
    const api = new MemoryApi()
    const images = { sh: { command: ['/bin/sh', '-c'], cwd: '/' } }
    let started = 0
    const on = ({ event }) => event === 'started' && ++started === 3 && console.log('up')
    await NodeAgent.start({ kubeconfig: api, name: 'n', images, run, on })
    const container = { name: 'app', image: 'sh', args: ['trap "" TERM; setsid sleep 300 & sleep 300; wait'] }
    for (const name of ['a', 'b', 'c']) api.create(name, { containers: [container] })
    setInterval(() => {}, 1000)`
  const args = ['--no-warnings', '--input-type=module', '-e', script]
  const tool = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await once(createInterface(tool.stdout), 'line')
    const started = await until(
      () => {
        const below = descendantsOf(tool.pid as number)
        return below.length >= 10 && below
      },
      { what: 'three processes a pod, and the reaper', deadline: 5000 },
    )
    tool.kill('SIGKILL')
    await until(() => !started.some(isAlive), { what: 'the end of all', deadline: 5000 })
  } finally {
    tool.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
})
