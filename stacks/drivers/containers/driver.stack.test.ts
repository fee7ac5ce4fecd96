import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { after, describe, test } from 'node:test'
import { Cache } from '../../../core/cache.ts'
import { cacheFolder } from '../../../core/cache-folder.mjs'
import type { EventproofError } from '../../../core/error.ts'
import { until } from '../../../core/until.ts'
import { driverContract } from '../../../test/stack/driver-contract.ts'
import { serviceContract } from '../../../test/stack/service-contract.ts'
import { openStack } from '../../open-stack.ts'
import type { Stack } from '../../stack.ts'
import { Engine } from './engine.ts'
import { ImageStore } from './images/image-store.ts'
import { RUN_LABEL } from './labels.ts'

const engine = await Engine.reach().catch(() => undefined)

if (engine === undefined)
  test('driver contract: containers', { skip: 'no container engine answers' }, () => {})
else {
  const logs = await mkdtemp(join(tmpdir(), 'eventproof-containers-test-'))
  after(() => rm(logs, { recursive: true, force: true }))
  const open = (folder = 'commands') => openStack('containers', { logs: join(logs, folder) })
  const node = await new ImageStore(engine, new Cache(cacheFolder()), () => {}).one('node')
  const program = (script: string) => ({ image: node, command: ['node', '-e', script] })

  driverContract('containers', () => open())

  describe('driver contract: containers, services as images', () => {
    let stack: Stack | undefined
    after(() => stack?.[Symbol.asyncDispose]())
    test('a stack is opened', async () => {
      stack = await open('images')
    })
    serviceContract(() => stack as Stack, { program, host: '0.0.0.0' })

    test('an image may listen on a port of its own, by its own entry point', async () => {
      const script = `require('http').createServer((_, answer) => answer.end('own')).listen(7070, '0.0.0.0')`
      const own = { image: node, entrypoint: ['node', '-e', script], port: 7070, cwd: '/tmp', user: '65534' }
      await using running = await (stack as Stack).service({
        name: 'own-port',
        instance: 0,
        program: own,
        env: {},
        ready: { http: '/' },
        deadline: 15_000,
        port: await (stack as Stack).port(own),
      })
      assert.equal(running.endpoint('service').port, 7070)
      const { host, port } = running.endpoint('host')
      assert.equal(await (await fetch(`http://${host}:${port}`)).text(), 'own')
    })

    test('an image that the engine does not have is told with what to do', async () => {
      const image = { image: 'eventproof-test/nowhere:1' }
      await assert.rejects(
        (stack as Stack).service({
          name: 'nowhere',
          instance: 0,
          program: image,
          env: {},
          ready: { tcp: true },
          deadline: 60_000,
          port: await (stack as Stack).port(image),
        }),
        { code: 'EVENTPROOF_IMAGE_MISSING', message: 'there is no image eventproof-test/nowhere:1' },
      )
    })

    test('a command that an image does not have is told at once', async () => {
      const program = { image: node, command: ['/no/such/program'] }
      const port = await (stack as Stack).port(program)
      const spec = {
        name: 'absent',
        instance: 0,
        program,
        env: {},
        ready: { tcp: true },
        deadline: 20_000,
        port,
      } as const
      await assert.rejects((stack as Stack).service(spec), {
        code: 'EVENTPROOF_SERVICE_DIED',
        message: 'absent did not start',
      })
    })

    test('an image for another machine is told as that', async () => {
      const foreign = 'eventproof-test/foreign:1'
      await engine.load(await archiveOf(foreign, process.arch === 'arm64' ? 'amd64' : 'arm64', logs))
      try {
        const program = { image: foreign, command: ['/run'] }
        const port = await (stack as Stack).port(program)
        const spec = {
          name: 'foreign',
          instance: 0,
          program,
          env: {},
          ready: { tcp: true },
          deadline: 20_000,
          port,
        } as const
        await assert.rejects((stack as Stack).service(spec), (error: EventproofError) => {
          assert.equal(error.code, 'EVENTPROOF_SERVICE_DIED')
          assert.match(error.detail.hint ?? '', /is made for a\w+64, and the engine is not/)
          return true
        })
      } finally {
        await engine.removeImage(foreign)
      }
    })

    test('a port that never opens is told, with its last lines', async () => {
      const silent = program('console.log("I listen to nobody"); setInterval(() => {}, 1000)')
      await assert.rejects(
        (stack as Stack).service({
          name: 'silent',
          instance: 0,
          program: silent,
          env: {},
          ready: { tcp: true },
          deadline: 5000,
          port: await (stack as Stack).port(silent),
        }),
        (error: EventproofError) => {
          assert.equal(error.code, 'EVENTPROOF_SERVICE_NOT_READY')
          assert.match(error.detail.last ?? '', /I listen to nobody/)
          return true
        },
      )
    })
  })

  test('kill -9 of the tool leaves no container and no network within 30 s', async () => {
    const before = await owned(engine)
    const script = `
      import { openStack } from '${new URL('../../open-stack.ts', import.meta.url).href}'
      const stack = await openStack('containers', { logs: ${JSON.stringify(logs)} })
      await stack.need(['postgres'])
      console.log('up')
      setInterval(() => {}, 1000)`
    const tool = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const lines = createInterface(tool.stdout)
    const [first] = await Promise.race([once(lines, 'line'), once(lines, 'close')])
    assert.equal(first, 'up')
    const its = (await owned(engine)).filter((run) => !before.includes(run))
    assert.equal(its.length, 1)
    tool.kill('SIGKILL')
    await until(async () => !(await owned(engine)).includes(its[0] as string), {
      what: 'the end of what it left',
      deadline: 30_000,
      every: 200,
    })
  })
}

/** The runs that have a container or a network. */
async function owned(engine: Engine): Promise<readonly string[]> {
  const all = [...(await engine.containers(RUN_LABEL)), ...(await engine.networks(RUN_LABEL))]
  return [...new Set(all.map(({ Labels }) => Labels?.[RUN_LABEL] ?? ''))]
}

/** An image of one file that no machine can run, as an archive that says it is made for this one. */
async function archiveOf(tag: string, architecture: string, folder: string): Promise<Readable> {
  const at = await mkdtemp(join(folder, 'image-'))
  const tar = (into: string, ...names: string[]) =>
    execFileSync('tar', ['-cf', join(at, into), '-C', at, ...names])
  await writeFile(join(at, 'run'), 'no program', { mode: 0o755 })
  tar('layer.tar', 'run')
  const layer = createHash('sha256')
    .update(await readFile(join(at, 'layer.tar')))
    .digest('hex')
  const rootfs = { type: 'layers', diff_ids: [`sha256:${layer}`] }
  const manifest = [{ Config: 'config.json', RepoTags: [tag], Layers: ['layer.tar'] }]
  await writeFile(join(at, 'config.json'), JSON.stringify({ architecture, os: 'linux', config: {}, rootfs }))
  await writeFile(join(at, 'manifest.json'), JSON.stringify(manifest))
  tar('image.tar', 'manifest.json', 'config.json', 'layer.tar')
  return createReadStream(join(at, 'image.tar'))
}
