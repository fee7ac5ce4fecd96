import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Cache } from '../../../core/cache.ts'
import { cacheFolder } from '../../../core/cache-folder.mjs'
import { Ports } from '../../../core/ports.ts'
import { Reaper } from '../../../core/reaper.ts'
import { KUBERNETES_VERSIONS } from '../../artifacts/kubernetes-program.ts'
import type { StackOptions } from '../../driver.ts'
import { Watch } from '../../local/watch.ts'
import type { Capability, Stack } from '../../stack.ts'
import { clusterLacking } from './cluster/cluster-lacking.ts'
import { kindProgram } from './cluster/kind-program.ts'
import { KIND_VERSION } from './cluster/node-programs.ts'
import { ContainerStack } from './container-stack.ts'
import { Engine } from './engine.ts'
import { hostSide } from './host-side.ts'
import { ImageStore } from './images/image-store.ts'
import { labelsOf, nameOf } from './labels.ts'
import { sweep } from './sweep.ts'
import { SweptRuns } from './swept-runs.ts'

const SWEEP = fileURLToPath(new URL('./sweep-after.ts', import.meta.url))
/** Installed as a package, our own modules need it. */
const STRIP_TYPES = new URL('../../../core/strip-types.mjs', import.meta.url).href

/** A stack in a network of its own. It is loaded when it is opened, and Testcontainers with it. */
export async function openContainers(options: StackOptions): Promise<Stack> {
  const report = options.onProgress ?? (() => {})
  const engine = await Engine.reach()
  // Testcontainers looks for an engine by itself, and must find the same.
  process.env.DOCKER_HOST = engine.address.url
  const id = randomUUID()
  const reaper = new Reaper()
  let forget = () => {}
  const swept = new SweptRuns(id, (ids) => {
    forget = reaper.atEnd([
      '/usr/bin/env',
      `DOCKER_HOST=${engine.address.url}`,
      ...(process.env.PATH === undefined ? [] : [`PATH=${process.env.PATH}`]),
      ...[process.execPath, '--no-warnings', '--import', STRIP_TYPES, SWEEP, ...ids],
    ])
  })
  const cache = new Cache(options.cache ?? cacheFolder(), report, reaper.environment)
  const data = await mkdtemp(join(tmpdir(), 'eventproof-'))
  reaper.path(data)
  await mkdir(options.logs, { recursive: true })
  const labels = labelsOf(id)
  const name = nameOf(id)
  const network = await engine.createNetwork(name, labels)
  const run = {
    logs: options.logs,
    data,
    reaper,
    ports: new Ports(),
    watch: new Watch(),
    report,
    engine,
    swept,
    labels,
    network: name,
    hostSide: await hostSide(await engine.gateway(network)),
  }
  const { Version } = await engine.version()
  const end = async () => {
    for (const each of swept.ids) await sweep(engine, each)
    forget()
  }
  const images = new ImageStore(engine, cache, report)
  const lack = await clusterLacking(cache, () => images.hasNode())
  const lacking = new Map<Capability, string>(lack === undefined ? [] : [['kubernetes', lack]])
  const cluster = lack === undefined ? { ...KUBERNETES_VERSIONS, kind: KIND_VERSION } : {}
  const versions = { node: process.versions.node, docker: Version, ...cluster }
  const kind = () => kindProgram(cache)
  return new ContainerStack(run, { ...options, images, versions, lacking, kind, end, locks: cacheFolder() })
}
