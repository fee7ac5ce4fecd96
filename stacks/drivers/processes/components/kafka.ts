import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunningChild } from '../../../../core/child-process.ts'
import { endpointText } from '../../../../core/endpoint.ts'
import { connectTo } from '../../../../core/tcp.ts'
import { within } from '../../../../core/until.ts'
import { exerciseKafka } from '../../../clients/kafka-probe.ts'
import { openRecordWriter } from '../../../clients/record-writer.ts'
import { Leases } from '../../../leases.ts'
import { onLoopback } from '../../../local/loopback.ts'
import { becomeReady, expectFree } from '../../../local/readiness.ts'
import type { Run } from '../../../local/run.ts'
import { RunningProcess } from '../../../local/running-process.ts'
import type { RecordWriter, RunningKafka } from '../../../stack.ts'
import { startJava } from './java.ts'
import { type KafkaPorts, kafkaSettings, type ListenerPorts } from './kafka-settings.ts'

export const LOG4J = fileURLToPath(new URL('../../../settings/log4j.xml', import.meta.url))

/** How many links and taps can be between clients and the broker at one time. */
const LINKS = 10

export interface KafkaOptions {
  /** Of its log file and data folder; unique in the run. Default `kafka`. */
  readonly name?: string
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
  /** One of the proxied listeners; waits while all are leased. @throws {DeadlinePassed} after 30 s */
  listener(): Promise<ProxiedListener>
}

/** A port of the broker that is for the clients of one proxy. Disposing gives it back. */
export interface ProxiedListener extends ListenerPorts, AsyncDisposable {}

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
    const { name = 'kafka' } = this.#options
    const data = join(run.data, name)
    const clusterId = randomBytes(16).toString('base64url')
    const ports = await allocate(run, this.#options.port)
    await mkdir(data, { recursive: true })
    await copyFile(join(this.#options.storage, 'bootstrap.checkpoint'), join(data, 'bootstrap.checkpoint'))
    const meta = await readFile(join(this.#options.storage, 'meta.properties'), 'utf8')
    await writeFile(
      join(data, 'meta.properties'),
      meta.replace(/^cluster\.id=.*$/m, `cluster.id=${clusterId}`),
    )
    await writeFile(join(run.data, `${name}.properties`), kafkaSettings(ports, data))
    const broker = new StartedKafka({ ...this.#options, name }, run, ports, clusterId)
    await broker.begin()
    return broker
  }
}

class StartedKafka extends RunningProcess implements KafkaBroker {
  readonly clusterId: string
  readonly #options: KafkaOptions & { readonly name: string }
  readonly #ports: KafkaPorts
  readonly #links: Leases<ListenerPorts>

  constructor(
    options: KafkaOptions & { readonly name: string },
    run: Run,
    ports: KafkaPorts,
    clusterId: string,
  ) {
    super(options.name, run, { grace: 20_000 })
    this.#options = options
    this.#ports = ports
    this.#links = new Leases(ports.links, 'a free Kafka listener for a link')
    this.clusterId = clusterId
  }

  bootstrapServers(): string {
    return endpointText(onLoopback(this.#ports.internal))
  }

  protected async spawn(): Promise<RunningChild> {
    const { name, classPath, storage: _, port: __, deadline: ___, ...jvm } = this.#options
    const { internal, controller, links } = this.#ports
    await expectFree(this.name, internal, controller, ...links.map(({ upstream }) => upstream))
    const properties = join(this.run.data, `${name}.properties`)
    return startJava({
      ...jvm,
      heap: 256,
      young: 40,
      program: [`-Dlog4j2.configurationFile=${LOG4J}`, '-cp', classPath, 'kafka.Kafka', properties],
      cwd: this.run.data,
      log: this.log,
      reaper: this.run.reaper,
    })
  }

  protected async ready(child: RunningChild): Promise<void> {
    const { deadline = 60_000 } = this.#options
    const listens = { component: this.name, what: 'the broker to listen', deadline }
    await becomeReady(child, { ...listens, every: 15 }, (signal) => connectTo(this.#ports.internal, signal))
    const exercised = { component: this.name, what: 'a record to be produced and read back', deadline }
    await becomeReady(child, exercised, async () => {
      await within(20_000, 'one round trip', exerciseKafka(this.bootstrapServers(), this.clusterId))
      return true
    })
  }

  writer(): Promise<RecordWriter> {
    return openRecordWriter(this.bootstrapServers())
  }

  async listener(): Promise<ProxiedListener> {
    const lease = await this.#links.take()
    return { ...lease.value, [Symbol.asyncDispose]: async () => lease.giveBack() }
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]()
    const { internal, controller, links } = this.#ports
    const all = [internal, controller, ...links.flatMap(({ upstream, advertised }) => [upstream, advertised])]
    await Promise.all(all.map((port) => this.run.ports.release(port)))
  }
}

async function allocate(run: Run, port?: number): Promise<KafkaPorts> {
  const links: ListenerPorts[] = []
  for (let index = 0; index < LINKS; index++) {
    links.push({ upstream: await run.ports.allocate(), advertised: await run.ports.allocate() })
  }
  return { internal: port ?? (await run.ports.allocate()), controller: await run.ports.allocate(), links }
}
