import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { Cache } from '../../../../core/cache.ts'
import { cacheFolder } from '../../../../core/cache-folder.mjs'
import { until } from '../../../../core/until.ts'
import { clusterContract } from '../../../../test/stack/cluster-contract.ts'
import { openStack } from '../../../open-stack.ts'
import type { ContainerRun } from '../container-run.ts'
import { Engine } from '../engine.ts'
import { ImageStore } from '../images/image-store.ts'
import { CLUSTER_LABEL } from '../labels.ts'
import type { KindNodes } from './kind-nodes.ts'
import { PodImages } from './pod-images.ts'

const engine = await Engine.reach().catch(() => undefined)
const store = engine && new ImageStore(engine, new Cache(cacheFolder()), () => {})
const skip =
  engine === undefined
    ? 'no container engine answers'
    : !(await store?.hasNode()) && 'there is no node image: eventproof images build --cluster'

test('a command without an image is refused in a pod, with what to do', async () => {
  const images = new PodImages({} as ContainerRun, {} as KindNodes, async () => '')
  await assert.rejects(images.of('what runs for image a', { command: ['./a'], cwd: '/' }), {
    code: 'EVENTPROOF_PROGRAM_REFUSED',
  })
})

if (skip !== false || engine === undefined || store === undefined)
  test('cluster contract: containers', { skip: skip || true }, () => {})
else {
  const logs = await mkdtemp(join(tmpdir(), 'eventproof-kind-test-'))
  after(() => rm(logs, { recursive: true, force: true }))
  const node = await store.one('node')
  const program = (script: string) => ({ image: node, command: ['node', '-e', script] })

  clusterContract('containers', () => openStack('containers', { logs }), { program, host: '0.0.0.0' })

  test('kill -9 of the tool leaves no cluster within 30 s, also while it starts', async () => {
    const nodes = async () => (await engine.containers(CLUSTER_LABEL)).map(({ Id }) => Id)
    const before = await nodes()
    const script = `
      import { openStack } from '${new URL('../../../open-stack.ts', import.meta.url).href}'
      const stack = await openStack('containers', { logs: ${JSON.stringify(logs)} })
      console.log('open')
      await stack.need(['kubernetes'])`
    const tool = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [first] = await once(createInterface(tool.stdout), 'line')
    assert.equal(first, 'open')
    const own = async () => (await nodes()).filter((id) => !before.includes(id))
    await until(async () => (await own()).length > 0, { what: 'a node', deadline: 60_000, every: 100 })
    tool.kill('SIGKILL')
    await until(async () => (await own()).length === 0, {
      what: 'the end of what it left',
      deadline: 30_000,
      every: 200,
    })
  })
}
