import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunningChild } from '../../../../core/child-process.ts'
import { connectTo } from '../../../../core/tcp.ts'
import { within } from '../../../../core/until.ts'
import { exerciseKafka } from '../../../clients/kafka-probe.ts'
import { openRecordWriter } from '../../../clients/record-writer.ts'
import type { KafkaListener, RecordWriter, RunningKafka } from '../../../stack.ts'
import type { Run } from '../run.ts'
import { startJava } from './java.ts'
import { type KafkaPorts, kafkaSettings, type ListenerPorts } from './kafka-settings.ts'
import { Leases } from './leases.ts'
import { becomeReady, expectFree } from './readiness.ts'

export const LOG4J = fileURLToPath(new URL('./log4j.xml', import.meta.url))

/** How many links and taps can be between clients and the broker at one time. */
const LINKS = 10

export interface KafkaOptions {
  readonly java: string
  readonly classPath: string
  /** Content of the cached, formatted storage. */
  readonly storage: string
  readonly image?: string
  readonly train?: string
  readonly stock?: boolean
  /** The unproxied port, where the caller must know it before the broker runs; leased by the caller. */
  readonly port?: number
  readonly deadline?: number
}

export interface KafkaBroker extends RunningKafka, AsyncDisposable {
  readonly pid: number
  stop(): Promise<void>
  /** One of the proxied listeners; waits while all are leased. @throws {DeadlinePassed} after 30 s */
  listener(): Promise<KafkaListener>
}

/** One broker in KRaft mode on a copy of formatted storage. */
export class Kafka {
  readonly #options: KafkaOptions

  constructor(options: KafkaOptions) {
    this.#options = options
  }

  /**
   * Resolves when a record was written and read back, from a broker with this run's cluster id.
   * @throws {ComponentNotReady} {PortOccupied}
   */
  async start(run: Run): Promise<KafkaBroker> {
    const data = join(run.data, 'kafka')
    const clusterId = randomBytes(16).toString('base64url')
    const ports = await allocate(run, this.#options.port)
    await mkdir(data, { recursive: true })
    await copyFile(join(this.#options.storage, 'bootstrap.checkpoint'), join(data, 'bootstrap.checkpoint'))
    const meta = await readFile(join(this.#options.storage, 'meta.properties'), 'utf8')
    await writeFile(
      join(data, 'meta.properties'),
      meta.replace(/^cluster\.id=.*$/m, `cluster.id=${clusterId}`),
    )
    await writeFile(join(run.data, 'kafka.properties'), kafkaSettings(ports, data))
    const broker = new StartedKafka(this.#options, run, ports, clusterId)
    await broker.begin()
    return broker
  }
}

class StartedKafka implements KafkaBroker {
  readonly bootstrapServers: string
  readonly clusterId: string
  readonly #options: KafkaOptions
  readonly #run: Run
  readonly #ports: KafkaPorts
  readonly #links: Leases<ListenerPorts>
  #child: RunningChild | undefined

  constructor(options: KafkaOptions, run: Run, ports: KafkaPorts, clusterId: string) {
    this.#options = options
    this.#run = run
    this.#ports = ports
    this.#links = new Leases(ports.links, 'a free Kafka listener for a link')
    this.clusterId = clusterId
    this.bootstrapServers = `127.0.0.1:${ports.internal}`
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  async begin(): Promise<void> {
    const { classPath, deadline = 60_000, storage: _, port: __, ...jvm } = this.#options
    const { internal, controller, links } = this.#ports
    await expectFree('kafka', internal, controller, ...links.map(({ upstream }) => upstream))
    const properties = join(this.#run.data, 'kafka.properties')
    this.#child = await startJava({
      ...jvm,
      heap: 256,
      young: 40,
      program: [`-Dlog4j2.configurationFile=${LOG4J}`, '-cp', classPath, 'kafka.Kafka', properties],
      cwd: this.#run.data,
      log: join(this.#run.logs, 'kafka.log'),
      reaper: this.#run.reaper,
    })
    const child = this.#child
    const listens = { component: 'kafka', what: 'the broker to listen', deadline }
    await becomeReady(child, { ...listens, every: 15 }, (signal) => connectTo(internal, signal))
    const exercised = { component: 'kafka', what: 'a record to be produced and read back', deadline }
    await becomeReady(child, exercised, async () => {
      await within(20_000, 'one round trip', exerciseKafka(this.bootstrapServers, this.clusterId))
      return true
    })
  }

  writer(): Promise<RecordWriter> {
    return openRecordWriter(this.bootstrapServers)
  }

  async listener(): Promise<KafkaListener> {
    const lease = await this.#links.take()
    return {
      upstreamPort: lease.value.upstream,
      advertisedPort: lease.value.advertised,
      [Symbol.asyncDispose]: async () => lease.giveBack(),
    }
  }

  async kill(): Promise<void> {
    await this.#child?.kill()
  }

  async restart(): Promise<void> {
    if (this.#child?.running) await this.stop()
    await this.begin()
  }

  async stop(): Promise<void> {
    await this.#child?.stop(20_000)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
    const { internal, controller, links } = this.#ports
    const all = [internal, controller, ...links.flatMap(({ upstream, advertised }) => [upstream, advertised])]
    await Promise.all(all.map((port) => this.#run.ports.release(port)))
  }
}

async function allocate(run: Run, port?: number): Promise<KafkaPorts> {
  const links: ListenerPorts[] = []
  for (let index = 0; index < LINKS; index++) {
    links.push({ upstream: await run.ports.allocate(), advertised: await run.ports.allocate() })
  }
  return { internal: port ?? (await run.ports.allocate()), controller: await run.ports.allocate(), links }
}
