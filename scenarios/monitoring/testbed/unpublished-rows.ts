import { type Clock, systemClock } from '../../../core/clock.ts'
import { endpointText } from '../../../core/endpoint.ts'
import { seededRandom } from '../../../core/random.ts'
import type { PartLook } from '../../../proof/history/backlog-kinds.ts'
import { OpenQuery } from '../../../proof/observers/open-query.ts'
import { OutboxAge, rowsLook, type WaitingRows } from '../../../proof/observers/outbox-backlog.ts'
import type { RunningService } from '../../../stacks/stack.ts'
import { type PublisherConfig, publishers } from '../../publishing/config.ts'
import { relayOf } from '../../publishing/declaration.ts'
import { Load } from '../../publishing/testbed/load.ts'
import type { Names } from '../backlogs/backlog.ts'
import type { OutboxConfig } from '../backlogs/outbox.ts'
import type { BacklogSource, Ground, Supply } from './backlog-source.ts'

const PARTITIONS = 3
const WRITERS = 2
/** Commands while the relay is stopped, where it is their age that counts. */
const OLD = 5

export function outboxSupply(declared: OutboxConfig, { config, prefix }: Names): Supply {
  const publisher = publishers.of(config)[declared.publisher]
  if (publisher === undefined) throw new Error(`the config declares no '${declared.publisher}' in publishers`)
  return {
    services: [publisher.service],
    topics: { [prefix + publisher.topic]: PARTITIONS },
    open: (ground) => UnpublishedRows.open(declared, publisher, ground),
  }
}

interface Parts {
  readonly ground: Ground
  readonly counts: OutboxConfig['in']
  readonly relay: RunningService
  readonly load: Load
  readonly look: () => Promise<readonly PartLook[]>
}

/** An outbox and its relay: rows wait while that is dead and commands come. */
export class UnpublishedRows implements BacklogSource {
  readonly of = 'outbox'
  readonly #parts: Parts

  private constructor(parts: Parts) {
    this.#parts = parts
  }

  static async open(
    declared: OutboxConfig,
    publisher: PublisherConfig,
    ground: Ground,
    clock: Clock = systemClock(),
  ): Promise<UnpublishedRows> {
    const { context, plan, parts, database, record, keys } = ground
    const relaying = relayOf(publisher)
    const { outbox } = publisher
    if (relaying.kind !== 'polling' || outbox?.published === undefined)
      throw new Error(`publishers.${declared.publisher} has no relay that could be stopped`)
    // A relay may need tables that its service makes.
    const service = await ground.start(publisher.service)
    const relay = await ground.start(relaying.service)
    const load = new Load({
      sent: publisher.command,
      idOf: () => undefined,
      expect: async () => {},
      origin: () => `http://${endpointText(service.endpoint('host'))}`,
      keys,
      refusedKeys: [],
      writers: WRITERS,
      random: seededRandom(`${context.seed}/${plan.id}`).fork('commands'),
      record,
    })
    const query = parts.use(new OpenQuery(database.url('host')))
    const rows = rowsOf(declared, outbox, outbox.published)
    const age = new OutboxAge(query, rows, clock)
    const look = declared.in === 'rows' ? () => rowsLook(query, rows) : () => age.look()
    return new UnpublishedRows({ ground, counts: declared.in, relay, load, look })
  }

  look(): Promise<readonly PartLook[]> {
    return this.#parts.look()
  }

  async raise(above: number): Promise<void> {
    const { ground, relay, load, counts } = this.#parts
    await ground.faults.kill(relay)
    await load.run(counts === 'rows' ? 2 * above + 10 : OLD)
  }

  lower(): Promise<void> {
    const { ground, relay } = this.#parts
    return ground.faults.restart(relay)
  }

  put(count: number): Promise<void> {
    return this.#parts.load.run(count)
  }

  flow(): AsyncDisposable {
    return this.#parts.load.flow()
  }
}

function rowsOf(
  { waits }: OutboxConfig,
  { table, id, parked }: NonNullable<PublisherConfig['outbox']>,
  published: string,
): WaitingRows {
  const by = typeof parked === 'string' ? { column: parked } : parked
  return {
    ...{ table, id, published },
    ...(waits === undefined ? {} : { waits }),
    ...(by === undefined ? {} : { parked: { column: by.column, is: 'is' in by ? [by.is].flat() : [] } }),
  }
}
