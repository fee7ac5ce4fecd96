import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cache, keyOf, type Recipe } from '../../../../core/cache.ts'
import { Ports } from '../../../../core/ports.ts'
import { Reaper } from '../../../../core/reaper.ts'
import { classPath, debeziumPlugin, kafkaJars, registryApplication } from '../../../artifacts/java-parts.ts'
import { javaProgram, javaRuntime } from '../../../artifacts/java-runtime.ts'
import { ArtifactFailed } from '../../../artifacts/toolchain.ts'
import type { Run } from '../../../local/run.ts'
import { Connect } from '../components/connect.ts'
import { Kafka } from '../components/kafka.ts'
import { SchemaRegistry } from '../components/schema-registry.ts'
import { kafkaStorage } from './kafka-storage.ts'

export type Image = 'kafka' | 'connect' | 'schema-registry'

/**
 * An ahead-of-time cache of one JVM: what it loads and links at start, recorded once by a run that does what its
 * readiness probe does. It names jars by their path, so a moved cache has other images.
 */
export function imageOf(cache: Cache, image: Image): Recipe {
  const { application, train } = TRAINING[image]
  return {
    name: `${image}-image`,
    version: application(cache).version,
    inputs: [cache.root, keyOf(javaRuntime), keyOf(application(cache)), 'serial, C1, 256 MB', 'assembled'],
    async build(into, { tell, environment }) {
      const parts = await partsOf(cache)
      await cache.obtain(application(cache))
      tell('train')
      await using training = await trainingRun(environment)
      const written = join(into, `${image}.aot`)
      await train(written, training, parts, cache)
      await assembled(written)
    },
  }
}

/** Milliseconds for a JVM that was told to end to write its cache: half a minute of a core, and the machine may be busy. */
const ASSEMBLING = 300_000

/** A JVM that was killed before leaves what it recorded, and no cache: each later start would go without, and not say so. */
async function assembled(image: string): Promise<void> {
  const { size } = await stat(image).catch(() => ({ size: 0 }))
  if (size > 0) return
  throw new ArtifactFailed('a JVM’s ahead-of-time cache was not written', {
    what: `after ${ASSEMBLING / 1000} s there is no ${image}`,
    hint: 'run it again when the machine is less busy; `eventproof doctor` checks memory and disk',
  })
}

interface Parts {
  readonly java: string
  readonly classPath: string
  readonly storage: string
}

interface Training {
  readonly application: (cache: Cache) => Recipe
  train(into: string, run: Run, parts: Parts, cache: Cache): Promise<void>
}

const TRAINING: Readonly<Record<Image, Training>> = {
  kafka: {
    application: kafkaJars,
    async train(into, run, parts) {
      await using kafka = await new Kafka({ ...parts, train: into }).start(run)
      await kafka.stop(ASSEMBLING)
    },
  },
  connect: {
    application: kafkaJars,
    async train(into, run, { java, classPath, storage }, cache) {
      const plugins = await cache.obtain(debeziumPlugin(cache))
      await using kafka = await new Kafka({ java, classPath, storage }).start(run)
      await using worker = await new Connect({
        java,
        classPath,
        plugins,
        bootstrapServers: kafka.bootstrapServers('host'),
        train: into,
      }).start(run)
      await worker.request('GET', '/connector-plugins')
      await worker.stop(ASSEMBLING)
    },
  },
  'schema-registry': {
    application: registryApplication,
    async train(into, run, { java }, cache) {
      const application = await cache.obtain(registryApplication(cache))
      await using registry = await new SchemaRegistry({ java, application, train: into }).start(run)
      await registry.stop(ASSEMBLING)
    },
  },
}

async function partsOf(cache: Cache): Promise<Parts> {
  const recipes = [javaRuntime, kafkaJars(cache), kafkaStorage(cache)]
  const [java = '', jars = '', storage = ''] = await Promise.all(
    recipes.map((recipe) => cache.obtain(recipe)),
  )
  return { java: javaProgram(java), classPath: await classPath(jars), storage }
}

async function trainingRun(environment: Readonly<Record<string, string>>): Promise<Run & AsyncDisposable> {
  const reaper = new Reaper(environment)
  const data = await mkdtemp(join(tmpdir(), 'eventproof-training-'))
  reaper.path(data)
  const logs = join(data, 'logs')
  await mkdir(logs)
  const ports = new Ports()
  return {
    logs,
    data,
    reaper,
    ports,
    report: () => {},
    async [Symbol.asyncDispose]() {
      await reaper[Symbol.asyncDispose]()
      await ports[Symbol.asyncDispose]()
      await rm(data, { recursive: true, force: true })
    },
  }
}
