import { endpointText, firstEndpoint } from '../../../core/endpoint.ts'
import { seededRandom } from '../../../core/random.ts'
import { FaultLog } from '../../../faults/fault-log.ts'
import { Gates } from '../../../proof/gates/gates.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import { attachNow } from '../../../proof/observers/attachments.ts'
import { DatabaseObserver } from '../../../proof/observers/database-observer.ts'
import { missingTables } from '../../../proof/observers/declared-tables.ts'
import { LogObserver } from '../../../proof/observers/log-observer.ts'
import { tellRowsBefore } from '../../../proof/observers/replica-identity.ts'
import { SlotObserver } from '../../../proof/observers/slot-observer.ts'
import { writtenTopics } from '../../../proof/observers/topics.ts'
import type { Database, Link } from '../../../stacks/stack.ts'
import { serviceNamed } from '../../../subjects/contract/config.ts'
import { AddressBook } from '../../address-book.ts'
import type { Opened } from '../../opened.ts'
import type { RunContext } from '../../run-context.ts'
import { componentUrls } from '../../testbed/component-urls.ts'
import { connectorSettings } from '../../testbed/connector-settings.ts'
import { DeclarationWrong } from '../../testbed/declaration-wrong.ts'
import { openDoors } from '../../testbed/door.ts'
import { recordNamesAsked } from '../../testbed/names-asked.ts'
import { openDatabase } from '../../testbed/open-database.ts'
import { openTopics } from '../../testbed/open-topics.ts'
import { namesStub, openStub } from '../../testbed/outside-stub.ts'
import { type Addresses, placeholderValues } from '../../testbed/placeholders.ts'
import { RegistryDoor } from '../../testbed/registry-door.ts'
import { programOf, startServices, textsOf } from '../../testbed/services.ts'
import { openSpanEndpoints } from '../../testbed/span-endpoints.ts'
import { watchSchemaIds } from '../../testbed/watch-schema-ids.ts'
import { watchClients } from '../../testbed/watched-clients.ts'
import { WireFaults } from '../../testbed/wire-faults.ts'
import type { PublisherConfig } from '../config.ts'
import { relayOf } from '../declaration.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { Connector } from './connector.ts'
import { Load } from './load.ts'
import { PublisherTestbed } from './publisher-testbed.ts'

/** Partitions of a declared topic: more than one, so that keys spread and order per key is not order by accident. */
const PARTITIONS = 3
const WRITERS = 4

export interface PublisherTestbedOptions {
  readonly context: RunContext
  /** It follows the scenario. */
  readonly view: PublisherView
  readonly history: ScenarioHistory
  readonly publisher: PublisherConfig
  readonly topicPrefix: string
  readonly database: string
  readonly keys: readonly string[]
  readonly refusedKeys: readonly string[]
  readonly links: readonly string[]
  readonly relays: number
  readonly ownServer: boolean
  /** Of the load, in each control phase. */
  readonly commands: number
}

/**
 * Brings one publisher up on the running stack: a database and topics of its own, gates, observers, links where
 * the plan needs them, its services and its connector. All of it ends with the returned stack, in reverse order.
 */
export async function openPublisherTestbed(
  options: PublisherTestbedOptions,
): Promise<Opened<PublisherTestbed>> {
  const { context, view, history, publisher } = options
  const { plan } = view
  const { stack, config, folder } = context
  const record = history.record.bind(history)
  const random = seededRandom(`${context.seed}/${plan.id}`)
  const relay = relayOf(publisher)
  await using parts = new AsyncDisposableStack()

  const names = [
    publisher.service,
    ...(relay.kind === 'polling' && relay.service !== publisher.service ? [relay.service] : []),
  ]
  const declared = names.map((name) => serviceNamed(config, name))
  const database = await openDatabase({
    context,
    services: declared,
    name: options.database,
    ownServer: options.ownServer,
    parts,
  })
  const topics = { [plan.publisher.topic]: PARTITIONS }
  const bootstrapServers = stack.kafka.bootstrapServers('host')
  await openTopics({
    bootstrapServers,
    topics,
    further: plan.topics,
    settings: publisher.topicSettings,
    parts,
    record,
  })

  const watched = await watchDatabase(options, database, parts)
  const log = parts.use(LogObserver.open({ bootstrapServers, topics, record }))

  const schemas = publisher.registry && (await watchSchemaIds(stack, history, plan.publisher.topic, parts))
  const registry = publisher.registry && (await RegistryDoor.open(stack, parts))

  // Of what is hurt: the service's relay, or the connector beside it.
  const relaying = declared.at(-1)
  const from = relay.kind === 'polling' && relaying ? stack.viewpoint(programOf(relaying, folder)) : 'service'
  const links = new Map<string, Link>()
  for (const name of options.links) {
    links.set(
      name,
      parts.use(
        await stack.link(`${options.database}-${name}`, name.endsWith('kafka') ? 'kafka' : database, from),
      ),
    )
  }
  const kafkaLink = links.get('relay→kafka')
  const also = recordNamesAsked(record)
  const clients = parts.use(await watchClients(stack, from, { record, also }))
  // Names are watched before a link, too: what stands behind it is another scenario's business.
  const behind = kafkaLink && firstEndpoint(endpointText(kafkaLink.endpoint('host')))
  const hurtClients = behind && parts.use(await watchClients(stack, from, { record, also, upstream: behind }))
  const connects = relay.kind === 'debezium' ? Object.values(relay.connector) : []
  const stub = namesStub([...declared.flatMap(textsOf), ...connects])
    ? await openStub(stack, { record, eventId: plan.publisher.eventId }, parts)
    : undefined
  const spans = await openSpanEndpoints(stack, declared.flatMap(textsOf), { plan, record }, parts)
  const straight: Addresses = {
    database,
    kafka: () => clients.bootstrapServers,
    topicPrefix: options.topicPrefix,
    stub,
    registry,
    spans,
  }
  const hurt: Addresses = hurtClients ? { ...straight, kafka: () => hurtClients.bootstrapServers } : straight
  const databaseLink = links.get('service→postgres')

  // One of several is told from the others by the way that it takes.
  const doors = await openDoors(options.relays > 1 ? options.relays : 0, { stack, database, parts })
  const relayName = relay.kind === 'polling' ? relay.service : undefined
  const { service, relays } = await startServices({
    context,
    scenario: options.database,
    record,
    parts,
    service: publisher.service,
    relay: relayName,
    serviceAddresses: {
      ...(relay.kind === 'polling' && relay.service === publisher.service ? hurt : straight),
      ...(databaseLink ? { databaseLink } : {}),
    },
    // Only the first relay is hurt: the others must get on with the work.
    relayAddresses: Array.from({ length: options.relays }, (_, instance) => ({
      ...(instance === 0 ? hurt : straight),
      databaseLink: doors[instance],
    })),
  })

  // A service may make its tables itself, when it starts.
  await attachNow(database.url('host'))
  const [missing] = await missingTables(database.url('host'), plan.publisher)
  if (missing) throw new DeclarationWrong(`publishers.${plan.publisher.name}`, 'state or outbox', missing)

  let slot: SlotObserver | undefined
  let connector: Connector | undefined
  if (relay.kind === 'debezium' && plan.publisher.slot) {
    slot = parts.use(SlotObserver.open({ url: database.url('host'), slot: plan.publisher.slot, record }))
    connector = parts.use(new Connector(options.database, stack.connect, slot))
    const values = {
      ...(await componentUrls(stack, connects, 'service')),
      ...placeholderValues(hurt, { from: 'service', port: 0, instance: 0 }),
      slot: plan.publisher.slot,
      publication: 'outbox_publication',
    }
    await connector.create(connectorSettings(relay.connector, values), 30_000)
  }

  const { gates } = watched
  // Where the relay runs inside the service, another instance takes commands while one is down.
  const taking = () => (relayName === publisher.service && relays.find(({ running }) => running)) || service
  const load = new Load({
    sent: publisher.command,
    idOf: (key) => view.aggregates.idOf(key),
    expect: (key, amount) => gates.expect(key, amount),
    origin: () => `http://${endpointText(taking().endpoint('host'))}`,
    keys: options.keys,
    refusedKeys: options.refusedKeys,
    writers: WRITERS,
    random: random.fork('load'),
    record,
  })
  const faults = new FaultLog({ record, disarmed: plan.disarmed })
  const wire = kafkaLink ? undefined : new WireFaults(clients.observer.proxy, faults, record)
  const testbed = new PublisherTestbed({
    view,
    history,
    database,
    topicPrefix: options.topicPrefix,
    gates,
    faults,
    load,
    commits: watched.commits,
    log,
    ...(slot ? { slot } : {}),
    ...schemas,
    ...(registry ? { registry } : {}),
    links,
    ...(wire ? { wire } : {}),
    clients: [clients, ...(hurtClients ? [hurtClients] : [])].map(({ observer }) => observer),
    writtenTopics: () => writtenTopics(bootstrapServers, options.topicPrefix, publisher.topic),
    service,
    relays,
    doors,
    ...(connector ? { connector, connect: stack.connect } : {}),
    signal: context.signal,
    keys: options.keys,
    commands: options.commands,
  })
  const services = [service, ...relays]
  return {
    testbed,
    parts: parts.move(),
    addresses: new AddressBook({ stack, database, topicPrefix: options.topicPrefix, services, spans }),
  }
}

/** The observer of commits and the gates. */
async function watchDatabase(
  options: PublisherTestbedOptions,
  database: Database,
  parts: AsyncDisposableStack,
) {
  const { view, history } = options
  const { publisher, disarmed } = view.plan
  const record = history.record.bind(history)
  const url = database.url('host')
  const tables = [publisher.state.table, ...(publisher.outbox ? [publisher.outbox.table] : [])]
  const commits = parts.use(await DatabaseObserver.open({ url, tables, record }))
  const { table, id, aggregateId } = publisher.outbox ?? {}
  // A payload that an update leaves as it is may be left out of the database's log, and with it what stands inside.
  if (table !== undefined && [id, aggregateId].some((place) => typeof place === 'object'))
    await tellRowsBefore(url, table)
  const gates = parts.use(await Gates.install({ url, publisher, record, disarmed }))
  await gates.refuse(options.refusedKeys)
  return { commits, gates }
}
