import { seededRandom } from '../../../core/random.ts'
import type { PartLook } from '../../../proof/history/backlog-kinds.ts'
import { TopicBacklogReader } from '../../../proof/observers/topic-backlog-reader.ts'
import { emptyTopic } from '../../../proof/observers/topics.ts'
import { type ConsumerConfig, consumers } from '../../consuming/config.ts'
import { PARTITIONS } from '../../consuming/declare-consumer.ts'
import { type Input, Inputs } from '../../consuming/testbed/inputs.ts'
import { openEncoder } from '../../consuming/testbed/open-encoder.ts'
import type { Names } from '../backlogs/backlog.ts'
import type { LettersConfig } from '../backlogs/letters.ts'
import type { BacklogSource, Ground, Supply } from './backlog-source.ts'
import { commitOffsets } from './commit-offsets.ts'

export function lettersSupply({ consumer, group }: LettersConfig, { config, prefix }: Names): Supply {
  const declared = consumers.of(config)[consumer]
  if (declared?.retry === undefined) throw new Error(`consumers.${consumer} declares no retry`)
  const topic = prefix + declared.retry.deadLetter
  const taking = group === undefined ? {} : { group: prefix + group }
  return {
    services: [],
    topics: { [topic]: declared.partitions ?? PARTITIONS },
    open: (ground) => DeadLetters.open({ name: consumer, consumer: declared }, { topic, ...taking }, ground),
  }
}

interface Named {
  readonly name: string
  readonly consumer: ConsumerConfig
}

interface Place {
  readonly topic: string
  /** That takes letters up. */
  readonly group?: string
}

/** A dead-letter topic: letters come, and nobody takes them up until we say so for whoever would. */
export class DeadLetters implements BacklogSource {
  readonly of = 'letters'
  readonly #place: Place
  readonly #ground: Ground
  readonly #reader: TopicBacklogReader
  readonly #inputs: Inputs

  private constructor(place: Place, ground: Ground, reader: TopicBacklogReader, inputs: Inputs) {
    this.#place = place
    this.#ground = ground
    this.#reader = reader
    this.#inputs = inputs
  }

  static async open({ name, consumer }: Named, place: Place, ground: Ground): Promise<DeadLetters> {
    const { context, plan, parts, prefix, bootstrapServers, record, keys } = ground
    const reader = parts.use(await TopicBacklogReader.open({ bootstrapServers, ...place }))
    // As they were on the consumer's own topic.
    const encoder = await openEncoder({ name, consumer, prefix, context })
    const inputs = new Inputs({
      event: consumer.event,
      ...(encoder ? { encode: encoder.write } : {}),
      topic: place.topic,
      writer: parts.use(await context.stack.kafka.writer()),
      keys,
      random: seededRandom(`${context.seed}/${plan.id}`).fork('letters'),
      record: (event) => record(event) as Input,
    })
    return new DeadLetters(place, ground, reader, inputs)
  }

  look(): Promise<readonly PartLook[]> {
    return this.#reader.look()
  }

  raise(above: number): Promise<void> {
    return this.#inputs.run(2 * above + 10)
  }

  /** As if the group had taken them up, or as if somebody had emptied the topic. */
  async lower(): Promise<void> {
    const { bootstrapServers, context } = this.#ground
    const { group, topic } = this.#place
    const lying = (await this.look()).filter(({ begin, end }) => end > begin)
    const ends = lying.map(({ part, end }) => ({ partition: Number(part), offset: end }))
    if (group === undefined) await emptyTopic(bootstrapServers, topic, ends)
    else await commitOffsets(bootstrapServers, { group, topic, offsets: ends }, context.signal)
  }
}
