import { milliseconds } from '../../../core/duration.ts'
import { seededRandom } from '../../../core/random.ts'
import { FaultLog } from '../../../faults/fault-log.ts'
import { Attempts } from '../../../proof/gates/attempts.ts'
import { EffectGate } from '../../../proof/gates/effect-gate.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import { attachNow } from '../../../proof/observers/attachments.ts'
import { DatabaseObserver } from '../../../proof/observers/database-observer.ts'
import { missingColumns } from '../../../proof/observers/declared-tables.ts'
import { LogObserver } from '../../../proof/observers/log-observer.ts'
import { OffsetObserver } from '../../../proof/observers/offset-observer.ts'
import { tellRowsBefore } from '../../../proof/observers/replica-identity.ts'
import { serviceNamed } from '../../../subjects/contract/config.ts'
import { AddressBook } from '../../address-book.ts'
import type { Opened } from '../../opened.ts'
import type { RunContext } from '../../run-context.ts'
import { DeclarationWrong } from '../../testbed/declaration-wrong.ts'
import { openDoors } from '../../testbed/door.ts'
import { EventMarks } from '../../testbed/event-marks.ts'
import { recordNamesAsked } from '../../testbed/names-asked.ts'
import { openDatabase } from '../../testbed/open-database.ts'
import { openTopics } from '../../testbed/open-topics.ts'
import { openStub } from '../../testbed/outside-stub.ts'
import { type Addresses, placeholderValues } from '../../testbed/placeholders.ts'
import { RegistryDoor } from '../../testbed/registry-door.ts'
import { programOf, startService, textsOf } from '../../testbed/services.ts'
import { openSpanEndpoints } from '../../testbed/span-endpoints.ts'
import { watchSchemaIds } from '../../testbed/watch-schema-ids.ts'
import { watchClients } from '../../testbed/watched-clients.ts'
import type { ConsumerConfig } from '../config.ts'
import { PARTITIONS, topicsOf } from '../declare-consumer.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { ConsumerTestbed } from './consumer-testbed.ts'
import { effectColumns, effectRows } from './effect-rows.ts'
import { deleteOffsets } from './group-offsets.ts'
import { shortenSessions } from './group-session.ts'
import { type Input, Inputs } from './inputs.ts'
import { misdeclared } from './misdeclared.ts'
import { openEncoder } from './open-encoder.ts'
import { recordReadsBegun } from './reads-begun.ts'
import { RedriveService } from './redrive-service.ts'
import { Runbook } from './runbook.ts'

export interface ConsumerTestbedOptions {
  readonly context: RunContext
  /** It follows the scenario. */
  readonly view: ConsumerView
  readonly history: ScenarioHistory
  readonly consumer: ConsumerConfig
  readonly topicPrefix: string
  readonly database: string
  readonly keys: readonly string[]
  readonly instances: number
  /** How sessions end early, for windows that wait for that. */
  readonly expiry: ConsumerConfig['expiry']
  readonly commands: number
  /** Of the event, that are written beside the newest. */
  readonly versions: readonly string[]
  /** Whether the service that minds dead letters runs beside it, and how. */
  readonly redrive: 'approved' | 'scheduled' | undefined
}

/**
 * Brings one consumer up on the running stack: a database and topics of its own, gates and probes on its effects,
 * observers, a wire proxy between it and the broker, a stub for its outside calls, and its instances. All of it ends
 * with the returned stack, in reverse order.
 */
export async function openConsumerTestbed(options: ConsumerTestbedOptions): Promise<Opened<ConsumerTestbed>> {
  const { context, view, history } = options
  const { plan } = view
  const { stack, config, folder } = context
  const { consumer, disarmed } = plan
  const record = history.record.bind(history)
  const bootstrapServers = stack.kafka.bootstrapServers('host')
  await using parts = new AsyncDisposableStack()

  const service = serviceNamed(config, options.consumer.service)
  const redrive = options.redrive && options.consumer.redrive
  const minding = redrive && serviceNamed(config, redrive.service)
  const runbook = redrive?.runbook && parts.use(await Runbook.read(redrive.runbook, folder))
  const services = minding ? [service, minding] : [service]
  const database = await openDatabase({ context, services, name: options.database, parts })
  const url = database.url('host')
  const { effects, dedupe, inbox, versions } = consumer
  const declared = [
    effectColumns(consumer),
    ...[dedupe, inbox, versions].filter((table) => table !== undefined),
  ]
  const partitions = options.consumer.partitions ?? PARTITIONS
  const parkingLots = redrive ? [options.topicPrefix + redrive.parkingLot] : []
  const { deadLetter, deadLetterPartitions = partitions } = consumer.retry ?? {}
  const topics = Object.fromEntries(
    [...topicsOf(consumer), ...parkingLots].map((topic) => [
      topic,
      topic === deadLetter ? deadLetterPartitions : partitions,
    ]),
  )
  await openTopics({ bootstrapServers, topics, further: plan.topics, parts, record })

  const tables = declared.map(({ table }) => table)
  if (effects.sum !== undefined) await tellRowsBefore(url, effects.table)
  const commits = parts.use(await DatabaseObserver.open({ url, tables: [...new Set(tables)], record }))
  const gate = parts.use(await EffectGate.install({ url, effects: effectRows(consumer), record, disarmed }))
  const attempts = await Attempts.install({ url, effects: effectRows(consumer) })
  const log = parts.use(LogObserver.open({ bootstrapServers, topics, record }))
  const offsets = parts.use(
    OffsetObserver.open({
      bootstrapServers,
      groups: [consumer.group],
      topics: consumer.retry?.topics ?? [],
      record,
    }),
  )
  const { event, outputs } = options.consumer
  const written = consumer.outputs
  const schemas = outputs?.registry && written && (await watchSchemaIds(stack, history, written.topic, parts))
  const encoder = await openEncoder({
    name: consumer.name,
    consumer: options.consumer,
    prefix: options.topicPrefix,
    context,
  })
  // For a consumer that reads through one: no other questions come this way.
  const registry = encoder && (await RegistryDoor.open(stack, parts))
  const marks = new EventMarks()
  const stub = await openStub(stack, { record, eventId: consumer.eventId, ...consumer.calls, marks }, parts)
  const names = recordNamesAsked(record)
  const reads = recordReadsBegun(consumer.topic, record)
  const clients = parts.use(
    await watchClients(stack, stack.viewpoint(programOf(service, folder)), {
      group: consumer.group,
      record,
      also(seen) {
        names(seen)
        reads(seen)
      },
    }),
  )
  const texts = [service, ...(minding ? [minding] : [])].flatMap(textsOf)
  const spans = await openSpanEndpoints(stack, texts, { plan, record }, parts)
  const inputs = new Inputs({
    event,
    ...(encoder ? { encode: encoder.write } : {}),
    topic: consumer.topic,
    writer: parts.use(await stack.kafka.writer()),
    keys: options.keys,
    weighted: consumer.effects.sum !== undefined,
    made: (mark) => marks.add(mark),
    versions: options.versions,
    written: (event, version) =>
      record({ kind: 'fact', name: 'input.version', subject: event, value: version }),
    random: seededRandom(`${context.seed}/${plan.id}`).fork('inputs'),
    record: (event) => record(event) as Input,
  })

  if (options.expiry) {
    const session = milliseconds(options.expiry.session)
    const refused = await shortenSessions(bootstrapServers, consumer.group, session)
    if (refused) record({ kind: 'note', text: `sessions of ${consumer.group} stay as they are: ${refused}` })
  }

  const doors = await openDoors(options.instances, { stack, database, parts })
  const start = (
    name: string,
    instance: number,
    env: Readonly<Record<string, string>>,
    databaseLink?: Addresses['databaseLink'],
  ) =>
    startService({
      context,
      scenario: options.database,
      record,
      parts,
      name,
      instance,
      addresses: {
        database,
        kafka: () => clients.bootstrapServers,
        topicPrefix: options.topicPrefix,
        databaseLink,
        stub,
        registry,
        spans,
      },
      env,
    })
  const startInstance = (instance: number) =>
    start(options.consumer.service, instance, options.expiry?.env ?? {}, doors[instance])
  const startInstances = async () => {
    const numbers = Array.from({ length: options.instances }, (_, instance) => instance)
    // The first makes what tables there are to be made: two that make the same ones at once get in each other's way.
    const before = service.migrations === undefined ? [await startInstance(0)] : []
    return [...before, ...(await Promise.all(numbers.slice(before.length).map(startInstance)))]
  }
  const scheduled = options.redrive === 'scheduled' ? redrive?.scheduled : {}
  if (Object.values(service.env ?? {}).some((text) => text.includes('{alerts.url}')))
    record({ kind: 'fact', name: 'alerts.expected', subject: consumer.name, value: true })
  const [consumers, minder] = await Promise.all([
    startInstances(),
    redrive && start(redrive.service, 0, scheduled ?? {}),
  ]).catch((error) => {
    // Who asks for a topic that is not there does not become ready.
    const names = { topics: topicsOf(consumer), known: Object.keys(topics), alone: redrive === undefined }
    throw misdeclared(history, consumer, names) ?? error
  })
  // A service may make its tables itself, when it starts.
  await attachNow(url)
  const [missing] = await missingColumns(url, declared)
  if (missing)
    throw new DeclarationWrong(`consumers.${consumer.name}`, 'effects, dedupe, inbox or versions', missing)
  const testbed = new ConsumerTestbed({
    view,
    history,
    database,
    gate,
    attempts,
    faults: new FaultLog({ record, disarmed }),
    inputs,
    commits,
    log,
    offsets,
    ...(schemas ? { schemaIds: schemas.schemaIds } : {}),
    ...(registry && encoder ? { registry, encoder } : {}),
    wire: clients.observer,
    stub,
    consumers,
    doors,
    redrive:
      redrive &&
      minder &&
      new RedriveService({
        config: redrive,
        topicPrefix: options.topicPrefix,
        service: minder,
        runbook,
        values: placeholderValues(
          { database, kafka: (from) => stack.kafka.bootstrapServers(from), topicPrefix: options.topicPrefix },
          { from: 'host', port: '', instance: 0 },
        ),
        history,
      }),
    deleteOffsets: () =>
      deleteOffsets(
        bootstrapServers,
        { group: consumer.group, topic: consumer.topic, partitions },
        context.signal,
      ),
    topics: Object.keys(topics),
    signal: context.signal,
    count: options.commands,
  })
  return {
    testbed,
    parts: parts.move(),
    addresses: new AddressBook({
      stack,
      database,
      topicPrefix: options.topicPrefix,
      services: [...consumers, ...(minder ? [minder] : [])],
      spans,
    }),
  }
}
