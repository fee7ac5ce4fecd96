import { until } from '../../../core/until.ts'
import { subjectBack } from '../../../faults/subject-back.ts'
import type { PartLook } from '../../../proof/history/backlog-kinds.ts'
import { OpenQuery } from '../../../proof/observers/open-query.ts'
import { growWal, slotLook, tellSnapshot } from '../../../proof/observers/slot-backlog.ts'
import { SlotObserver } from '../../../proof/observers/slot-observer.ts'
import { type PublisherConfig, publishers } from '../../publishing/config.ts'
import { relayOf } from '../../publishing/declaration.ts'
import { Connector } from '../../publishing/testbed/connector.ts'
import { componentUrls } from '../../testbed/component-urls.ts'
import { connectorSettings } from '../../testbed/connector-settings.ts'
import { placeholderValues } from '../../testbed/placeholders.ts'
import type { Names } from '../backlogs/backlog.ts'
import type { SlotConfig } from '../backlogs/slot.ts'
import type { BacklogSource, Ground, Supply } from './backlog-source.ts'

const PARTITIONS = 3
/** Milliseconds for a connector to capture. */
const CAPTURES = 30_000
/** Milliseconds for a slot to be moved on, and between two snapshots meanwhile. */
const MOVES = 40_000
const BETWEEN = 500
const STOPPED = 'stop-connector'

export function slotSupply({ publisher: name }: SlotConfig, { config, prefix, database }: Names): Supply {
  const publisher = publishers.of(config)[name]
  if (publisher === undefined) throw new Error(`the config declares no '${name}' in publishers`)
  return {
    services: [publisher.service],
    topics: { [prefix + publisher.topic]: PARTITIONS },
    open: (ground) => KeptWal.open(publisher, database, ground),
  }
}

/** A connector's replication slot: it keeps WAL while the connector is stopped. */
export class KeptWal implements BacklogSource {
  readonly of = 'slot'
  readonly #ground: Ground
  readonly #slot: string
  readonly #looking: OpenQuery
  /** A checkpoint takes its time: nobody who looks waits for it. */
  readonly #acting: OpenQuery
  readonly #connector: Connector

  private constructor(
    ground: Ground,
    slot: string,
    [looking, acting]: readonly [OpenQuery, OpenQuery],
    connector: Connector,
  ) {
    this.#ground = ground
    this.#slot = slot
    this.#looking = looking
    this.#acting = acting
    this.#connector = connector
  }

  static async open(publisher: PublisherConfig, slot: string, ground: Ground): Promise<KeptWal> {
    const { context, parts, database, prefix: topicPrefix, record } = ground
    const { stack } = context
    const relay = relayOf(publisher)
    if (relay.kind !== 'debezium') throw new Error(`${publisher.service} has no connector`)
    // A service may make the tables itself that a connector reads.
    await ground.start(publisher.service)
    const url = database.url('host')
    const queries = [parts.use(new OpenQuery(url)), parts.use(new OpenQuery(url))] as const
    const observer = parts.use(SlotObserver.open({ url, slot, record }))
    const connector = parts.use(new Connector(slot, stack.connect, observer))
    const kafka = stack.kafka.bootstrapServers.bind(stack.kafka)
    const values = {
      ...(await componentUrls(stack, Object.values(relay.connector), 'service')),
      ...placeholderValues({ database, kafka, topicPrefix }, { from: 'service', port: 0, instance: 0 }),
      slot,
      publication: 'outbox_publication',
    }
    await connector.create(connectorSettings(relay.connector, values), CAPTURES)
    return new KeptWal(ground, slot, queries, connector)
  }

  look(): Promise<readonly PartLook[]> {
    return slotLook(this.#looking, this.#slot)
  }

  async raise(above: number): Promise<void> {
    const { name } = this.#connector
    await this.#ground.faults.inject(STOPPED, name, 'stopped through Connect', async () => {
      await this.#connector.stop()
      return `connector ${name} has stopped, and nobody holds slot ${this.#slot}`
    })
    // Segments are whole: one more than would do, so that what others write meanwhile plays no part.
    while ((await this.#kept()) <= above) await growWal(this.#acting)
    await growWal(this.#acting)
  }

  async lower(): Promise<void> {
    const { faults, record } = this.#ground
    const before = await this.#kept()
    await faults.heal(STOPPED, this.#connector.name, async () => {
      await this.#connector.resume()
      await subjectBack(this.#connector.capturing(CAPTURES), record)
      return true
    })
    const moved = async () => {
      await tellSnapshot(this.#acting)
      return (await this.#kept()) < before / 2
    }
    const what = `slot ${this.#slot} to be moved on`
    await until(moved, { what, deadline: MOVES, every: BETWEEN, signal: this.#ground.context.signal })
  }

  async #kept(): Promise<number> {
    const [one] = await slotLook(this.#acting, this.#slot)
    return one === undefined ? 0 : one.end - (one.done ?? one.end)
  }
}
