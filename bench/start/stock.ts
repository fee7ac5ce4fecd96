import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Cache } from '../../core/cache.ts'
import { cacheFolder } from '../../core/cache-folder.mjs'
import { Ports } from '../../core/ports.ts'
import { Reaper } from '../../core/reaper.ts'
import { postgresTemplate } from '../../stacks/artifacts/postgres-server.ts'
import { kafkaStorage } from '../../stacks/drivers/processes/artifacts/kafka-storage.ts'
import { Connect } from '../../stacks/drivers/processes/components/connect.ts'
import { Kafka } from '../../stacks/drivers/processes/components/kafka.ts'
import { Postgres } from '../../stacks/drivers/processes/components/postgres.ts'
import { SchemaRegistry } from '../../stacks/drivers/processes/components/schema-registry.ts'
import { startLink } from '../../stacks/drivers/processes/components/toxiproxy-link.ts'
import { ProcessParts } from '../../stacks/drivers/processes/process-parts.ts'
import { onLoopback } from '../../stacks/local/loopback.ts'
import type { Extent, Measured } from './measured.ts'
import { memoryByComponent } from './memory.ts'

/**
 * The same parts with the same probes, as one would start them without this project: one after the other, initdb and
 * format first, the JVM's own defaults, no ahead-of-time cache.
 */
export async function startStock(extent: Extent, logs: string): Promise<Measured> {
  const cache = new Cache(cacheFolder())
  const parts = new ProcessParts(cache)
  const [postgres, kafka, connect, registry, toxiproxy] = await Promise.all([
    parts.postgres(),
    parts.kafka(),
    parts.connect(),
    parts.registry(),
    parts.toxiproxy(),
  ])
  const data = await mkdtemp(join(tmpdir(), 'eventproof-'))
  await chmod(data, 0o711)
  await using reaper = new Reaper()
  reaper.path(data)
  await using ports = new Ports()
  const run = { logs, data, reaper, ports, report: () => {} }
  const workshop = { tell: () => {}, environment: reaper.environment }
  const fresh = async (name: string) => {
    const folder = join(data, name, 'content')
    await mkdir(folder, { recursive: true })
    return folder
  }
  await using running = new AsyncDisposableStack()
  const components = new Map<string, number>()
  const timed = async <T extends AsyncDisposable>(name: string, start: () => Promise<T>): Promise<T> => {
    const begun = performance.now()
    const started = running.use(await start())
    components.set(name, performance.now() - begun)
    return started
  }
  const begun = performance.now()
  await timed('postgres', async () => {
    const template = await fresh('initdb')
    await postgresTemplate(cache).build(template, workshop)
    return new Postgres({ name: 'postgres', ...postgres, template }).start(run)
  })
  const broker = await timed('kafka', async () => {
    const storage = await fresh('format')
    await kafkaStorage(cache).build(storage, workshop)
    return new Kafka({ ...kafka, storage, stock: true }).start(run)
  })
  const listener = await broker.listener()
  await timed('toxiproxy', () => {
    const { advertised: port, upstream: target } = listener
    return startLink(
      { name: 'bench', to: 'kafka', program: toxiproxy, port, target: onLoopback(target) },
      run,
    )
  })
  if (extent === 'full') {
    const bootstrapServers = broker.bootstrapServers('host')
    await timed('connect', () => new Connect({ ...connect, bootstrapServers, stock: true }).start(run))
    await timed('schema-registry', () => new SchemaRegistry({ ...registry, stock: true }).start(run))
  }
  const measured = { ready: performance.now() - begun, components, memory: memoryByComponent() }
  await running.disposeAsync()
  await rm(data, { recursive: true, force: true })
  return measured
}
