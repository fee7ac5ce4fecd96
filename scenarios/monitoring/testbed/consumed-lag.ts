import { seededRandom } from '../../../core/random.ts'
import type { PartLook } from '../../../proof/history/backlog-kinds.ts'
import { OffsetObserver } from '../../../proof/observers/offset-observer.ts'
import { TopicBacklogReader } from '../../../proof/observers/topic-backlog-reader.ts'
import { addPartitions } from '../../../proof/observers/topics.ts'
import type { RunningService } from '../../../stacks/stack.ts'
import { type ConsumerConfig, consumers } from '../../consuming/config.ts'
import { declareConsumer, PARTITIONS, topicsOf } from '../../consuming/declare-consumer.ts'
import { deleteOffsets } from '../../consuming/testbed/group-offsets.ts'
import { type Input, Inputs } from '../../consuming/testbed/inputs.ts'
import { openEncoder } from '../../consuming/testbed/open-encoder.ts'
import type { Names } from '../backlogs/backlog.ts'
import type { LagConfig } from '../backlogs/lag.ts'
import type { BacklogSource, Ground, Supply } from './backlog-source.ts'
import { RenewedWriter } from './renewed-writer.ts'

export function lagSupply({ consumer }: LagConfig, { config, prefix }: Names): Supply {
  const declared = consumers.of(config)[consumer]
  if (declared === undefined) throw new Error(`the config declares no '${consumer}' in consumers`)
  const partitions = declared.partitions ?? PARTITIONS
  const topics = topicsOf(declareConsumer(consumer, declared, prefix))
  return {
    services: [declared.service],
    topics: Object.fromEntries(topics.map((name) => [name, partitions])),
    open: (ground) => ConsumedLag.open({ name: consumer, consumer: declared }, ground),
  }
}

interface Named {
  readonly name: string
  readonly consumer: ConsumerConfig
}

interface Parts {
  readonly ground: Ground
  readonly topic: string
  readonly group: string
  readonly instances: readonly RunningService[]
  readonly reader: TopicBacklogReader
  readonly offsets: OffsetObserver
  readonly inputs: Inputs
  /** By which they are put. */
  readonly writer: RenewedWriter
}

/** A consumer and its topic: events wait while no instance runs. */
export class ConsumedLag implements BacklogSource {
  readonly of = 'lag'
  readonly #parts: Parts

  private constructor(parts: Parts) {
    this.#parts = parts
  }

  static async open({ name, consumer }: Named, ground: Ground): Promise<ConsumedLag> {
    const { context, plan, parts, prefix, bootstrapServers, record, keys } = ground
    const [topic, group] = [prefix + consumer.topic, prefix + consumer.group]
    const offsets = parts.use(OffsetObserver.open({ bootstrapServers, groups: [group], record }))
    const instances = await Promise.all(
      Array.from({ length: ground.instances }, (_, n) =>
        ground.start(consumer.service, n, consumer.expiry?.env ?? {}),
      ),
    )
    const reader = parts.use(await TopicBacklogReader.open({ bootstrapServers, group, topic }))
    const writer = parts.use(await RenewedWriter.open(() => context.stack.kafka.writer()))
    const encoder = await openEncoder({ name, consumer, prefix, context })
    const inputs = new Inputs({
      event: consumer.event,
      ...(encoder ? { encode: encoder.write } : {}),
      topic,
      writer,
      keys,
      weighted: consumer.effects.sum !== undefined,
      random: seededRandom(`${context.seed}/${plan.id}`).fork('inputs'),
      record: (event) => record(event) as Input,
    })
    return new ConsumedLag({ ground, topic, group, instances, reader, offsets, inputs, writer })
  }

  look(): Promise<readonly PartLook[]> {
    return this.#parts.reader.look()
  }

  async raise(above: number): Promise<void> {
    await this.killAll()
    await this.put(2 * above + 10)
  }

  lower(): Promise<void> {
    return this.startAll()
  }

  /** Ends every instance of the consumer at once. */
  async killAll(): Promise<void> {
    const { ground, instances } = this.#parts
    await Promise.all(instances.map((one) => ground.faults.kill(one)))
  }

  async startAll(): Promise<void> {
    const { ground, instances } = this.#parts
    await Promise.all(instances.map((one) => ground.faults.restart(one)))
  }

  async put(count: number, partition?: number): Promise<void> {
    const { inputs } = this.#parts
    if (partition === undefined) return inputs.run(count)
    for (let n = 0; n < count; n++) await inputs.put(inputs.prepare('new-partition'), partition)
  }

  flow(): AsyncDisposable {
    return this.#parts.inputs.flow()
  }

  /** Gives the topic one more partition. @returns its number */
  async addPartition(): Promise<number> {
    const { ground, topic: subject, writer } = this.#parts
    const value = await addPartitions(ground.bootstrapServers, subject, 1)
    ground.record({ kind: 'fact', name: 'topic.partitions', subject, value })
    await writer.renew()
    return value - 1
  }

  /** Deletes what the group has committed, as the broker does when it has expired. Nobody may be in the group. */
  async expireOffsets(): Promise<void> {
    const { ground, topic, group, reader } = this.#parts
    const partitions = (await reader.look()).length
    await deleteOffsets(ground.bootstrapServers, { group, topic, partitions }, ground.context.signal)
  }

  async concluded(): Promise<void> {
    await this.#parts.offsets.fence()
  }
}
