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
import { driver } from '../driver.ts'
import { Engine } from '../engine.ts'
import { ImageStore } from '../images/image-store.ts'
import { CLUSTER_LABEL, KEPT_LABEL, RUN_LABEL } from '../labels.ts'
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

  test('a cluster is kept, found by the next run within seconds, and removed by gc', async () => {
    const kept = async () => (await engine.networks(KEPT_LABEL)).map(({ Id }) => Id)
    const before = await kept()
    /** In a process of its own: what it kept is orphaned then. */
    const keeping = `
      import { openStack } from '${new URL('../../../open-stack.ts', import.meta.url).href}'
      const stack = await openStack('containers', { logs: ${JSON.stringify(logs)}, keep: true, cluster: { autoscalerSync: 4321 } })
      await stack.need(['kubernetes'])
      await stack.kubernetes.namespace('left-behind')
      await stack[Symbol.asyncDispose]()
      // The watch of the namespace is still there.
      process.exit()`
    const tool = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', keeping], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    assert.deepEqual(await once(tool, 'exit'), [0, null])
    const [own = '', ...more] = (await kept()).filter((id) => !before.includes(id))
    assert.notEqual(own, '')
    assert.deepEqual(more, [])

    // A run that uses it is killed: what it started goes, the cluster stays.
    const using = `
      import { openStack } from '${new URL('../../../open-stack.ts', import.meta.url).href}'
      const stack = await openStack('containers', { logs: ${JSON.stringify(logs)}, cluster: { autoscalerSync: 4321 } })
      await stack.need(['kubernetes'])
      await stack.kubernetes.namespace('killed')
      console.log('up')`
    const networks = async () => (await engine.networks(RUN_LABEL)).map(({ Id }) => Id)
    const idle = await networks()
    const killed = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', using], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    assert.deepEqual(await once(createInterface(killed.stdout), 'line'), ['up'])
    killed.kill('SIGKILL')
    const swept = async () => (await networks()).every((id) => idle.includes(id))
    await until(swept, { what: 'the end of what it left', deadline: 30_000, every: 200 })
    assert.ok((await kept()).includes(own))

    const began = performance.now()
    const stack = await openStack('containers', { logs, cluster: { autoscalerSync: 4321 } })
    try {
      await stack.need(['kubernetes'])
      const seconds = (performance.now() - began) / 1000
      assert.ok(seconds < 15, `it was there after ${seconds} s`)
      await using namespace = await stack.kubernetes.namespace('next')
      await namespace.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'any' } })
      // It is in use: nobody collects it.
      await driver.collect?.()
      assert.ok((await kept()).includes(own))
    } finally {
      await stack[Symbol.asyncDispose]()
    }
    assert.ok((await kept()).includes(own))
    assert.ok((await driver.collect?.())?.length)
    assert.ok(!(await kept()).includes(own))
  })
}
