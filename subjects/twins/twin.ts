import type { OptionalPackage } from '../../core/optional-package.ts'
import type { ConsumerConfig, PublisherConfig, RedriveConfig, SubjectConfig } from '../../scenarios/config.ts'
import { type ServiceConfig, serviceNamed } from '../contract/config.ts'
import { node } from '../reference/service/command.ts'

/** A shipped variant of the reference, and what the proof must say about it. */
export interface TwinEntry {
  /** For `--twin`. */
  readonly name: string
  /**
   * Its number in the research notes: `O1`…, `C1`…, `D1`…, `S1`… are broken, `B1`… unusual but correct; `K1`…: its row
   * in the catalogue of scaling failures; `E1`…: of how events are wrapped, topics used and schemas changed; `A1`…: built
   * so that it costs later; `T1`…: of how traces are passed on; `L1`…: of how what waits is watched.
   */
  readonly mutant: `${'O' | 'C' | 'D' | 'S' | 'K' | 'X' | 'E' | 'T' | 'L' | 'A' | 'B'}${number}`
  readonly control:
    | 'D1'
    | 'D2'
    | 'D3'
    | 'D4'
    | 'D5'
    | 'P1'
    | 'P2'
    | 'P3'
    | 'P4'
    | 'C1'
    | 'C2'
    | 'C3'
    | 'C4'
    | 'C5'
    | 'O1'
    | 'O2'
    | 'O3'
    | 'O4'
  /** Name of the violation that must be found, or HELD, or VACUOUS where it keeps anything from being proven. */
  readonly expected: string
  /**
   * Of a correct one: what its design costs where it is proved in all that its control has, by the names of violations
   * that must be found there, and no others.
   */
  readonly costs?: readonly string[]
  /** The anti-pattern that must be found as well. */
  readonly antiPattern?: string
  /** What it does, in one sentence. */
  readonly says: string
  /** Of a publisher. */
  readonly relay?: 'polling' | 'debezium'
  /** Where it is expected to be killed; for a benign one, where it is worth trying to blame it. */
  readonly windows: readonly string[]
  /** Annotations that somebody puts on its ScaledObject by hand, after its manifests were applied. */
  readonly annotated?: Readonly<Record<string, string>>
  /** Clients that it is written with, and the reference is not. */
  readonly packages?: readonly OptionalPackage[]
  config(reference: SubjectConfig): SubjectConfig
}

/** How orders are placed with a service that knows no ids but its own, and changed by the id that was answered. */
export const SALES = {
  command: {
    http: { method: 'POST', path: '/sales', json: { customer: 'somebody', amount: '{amount}' } },
    again: {
      http: { method: 'PATCH', path: '/sales/{id}', json: { customer: 'somebody', amount: '{amount}' } },
    },
    answer: { id: '$.id' },
  },
  state: { table: 'sales', id: 'id', amount: 'amount' },
} as const satisfies Partial<PublisherConfig>

type OutboxConfig = NonNullable<PublisherConfig['outbox']>

interface Change {
  readonly publisher?: Partial<PublisherConfig>
  /** Columns of the outbox that this twin has no use for; `true`: no outbox at all. */
  readonly without?: true | readonly ('published' | 'parked')[]
  /** Run after the reference's migrations. */
  readonly migrations?: readonly string[]
}

/** The reference's order service, with another relay. */
export function withRelay(file: string, change: Change = {}) {
  return (reference: SubjectConfig): SubjectConfig =>
    publisherOnly(reference, 'orders', change, {
      relay: { ...serviceNamed(reference, 'relay'), command: node(`subjects/twins/relays/${file}.ts`) },
    })
}

/** The reference's order service and relay, declared otherwise. */
export function withPublisher(publisher: Partial<PublisherConfig>) {
  return (reference: SubjectConfig): SubjectConfig =>
    publisherOnly(reference, 'orders', { publisher }, { relay: serviceNamed(reference, 'relay') })
}

/** The reference's publisher that writes Avro through a registry, with a relay that is another or has other settings. */
export function withAvroRelay(
  { file, env }: { readonly file?: string; readonly env?: Readonly<Record<string, string>> },
  publisher: Partial<PublisherConfig> = {},
) {
  return (reference: SubjectConfig): SubjectConfig => {
    const own = serviceNamed(reference, 'avro-relay')
    const relay = {
      ...withEnv(own, env),
      ...(file === undefined ? {} : { command: node(`subjects/${file}.ts`) }),
    }
    const orders = serviceNamed(reference, 'orders')
    return publisherOnly(reference, 'orders-avro', { publisher }, { orders, 'avro-relay': relay })
  }
}

/** Another order service and another relay. */
export function withBoth(orders: string, relay: string, change: Change = {}) {
  return (reference: SubjectConfig): SubjectConfig => withRelay(relay, change)(withOrders(orders)(reference))
}

/** Another order service, with the reference's relay. */
export function withOrders(
  file: string,
  publisher: Partial<PublisherConfig> = {},
  migrations: readonly string[] = [],
) {
  return (reference: SubjectConfig): SubjectConfig =>
    publisherOnly(
      reference,
      'orders',
      { publisher, migrations },
      { orders: ordersFrom(reference, file), relay: serviceNamed(reference, 'relay') },
    )
}

/**
 * An order service that sends events itself: it gets what the relay would get.
 * @param published the column of its outbox that says what is sent; without it there is no outbox
 */
export function inProcess(
  file: string,
  { publisher, migrations = [], published }: Omit<Change, 'without'> & { readonly published?: string } = {},
) {
  return (reference: SubjectConfig): SubjectConfig => {
    const env = { ...serviceNamed(reference, 'relay').env, ...serviceNamed(reference, 'orders').env }
    return publisherOnly(
      reference,
      'orders',
      {
        publisher: { ...outboxOf(reference, published), ...publisher, relay: 'polling' },
        ...(published === undefined ? { without: true } : {}),
        migrations,
      },
      { orders: { ...ordersFrom(reference, file), env } },
    )
  }
}

/** An order service that numbers its orders, moves their events itself, and makes its tables when it starts. */
export function makingTables(file: string) {
  return (reference: SubjectConfig): SubjectConfig => {
    const env = { ...serviceNamed(reference, 'relay').env, ...serviceNamed(reference, 'orders').env }
    const orders = { ...ordersFrom(reference, file), env }
    const publisher = { ...SALES, relay: 'polling' }
    return withoutMigrations(publisherOnly(reference, 'orders', { publisher }, { orders }))
  }
}

/** The same config of services that make their tables themselves. */
export function withoutMigrations(config: SubjectConfig): SubjectConfig {
  const services = Object.entries(config.services).map(([name, { migrations: _, ...service }]) => [
    name,
    service,
  ])
  return { ...config, services: Object.fromEntries(services) }
}

function outboxOf(reference: SubjectConfig, published: string | undefined): Pick<PublisherConfig, 'outbox'> {
  if (published === undefined) return {}
  const { outbox } = reference.publishers?.orders ?? {}
  return outbox === undefined ? {} : { outbox: { ...withoutColumns(outbox, ['parked']), published } }
}

/** Debezium with other settings, and another order service where `orders` is given. */
export function withConnector(
  connector: Readonly<Record<string, string>> | undefined,
  { orders, ...change }: Change & { readonly orders?: string } = {},
) {
  return (reference: SubjectConfig): SubjectConfig =>
    publisherOnly(
      reference,
      'orders-cdc',
      connector === undefined
        ? change
        : { ...change, publisher: { relay: { debezium: { connector } }, ...change.publisher } },
      orders === undefined ? {} : { orders: ordersFrom(reference, orders) },
    )
}

/** A change of a consumer's service and of what is declared of it. */
export interface ConsumerChange {
  /** Below `subjects/twins`; the reference's own program where there is none. */
  readonly program?: string
  readonly env?: Readonly<Record<string, string>>
  /** Settings of the service that minds its dead letters. */
  readonly redrive?: Readonly<Record<string, string>>
  readonly consumer?: Partial<ConsumerConfig>
  /** Below `subjects/twins/runbooks`. */
  readonly runbook?: string
  /** Below `subjects/twins/db`; run after the reference's migrations. */
  readonly migrations?: readonly string[]
}

/** The reference with one of its consumers only, changed. */
export function consumerOnly(
  name: string,
  { program, env, redrive: minding, runbook, consumer, migrations = [] }: ConsumerChange,
) {
  return (reference: SubjectConfig): SubjectConfig => {
    const declared = reference.consumers?.[name]
    if (declared === undefined) throw new Error(`the reference declares no consumer '${name}'`)
    const own = serviceNamed(reference, declared.service)
    const { redrive } = declared
    return {
      services: {
        ...(redrive === undefined
          ? {}
          : { [redrive.service]: withEnv(serviceNamed(reference, redrive.service), minding) }),
        [declared.service]: {
          ...own,
          ...(program === undefined ? {} : { command: node(`subjects/twins/${program}`) }),
          env: { ...own.env, ...env },
          migrations: [...(own.migrations ?? []), ...migrations.map((file) => `subjects/twins/db/${file}`)],
        },
      },
      consumers: {
        [name]: {
          ...declared,
          ...(redrive && runbook ? { redrive: following(redrive, runbook) } : {}),
          ...consumer,
        },
      },
    }
  }
}

function following(redrive: RedriveConfig, runbook: string): RedriveConfig {
  return { ...redrive, runbook: { ...redrive.runbook, file: `subjects/twins/runbooks/${runbook}` } }
}

function withEnv(service: ServiceConfig, env: ConsumerChange['env']): ServiceConfig {
  return { ...service, env: { ...service.env, ...env } }
}

function publisherOnly(
  reference: SubjectConfig,
  name: 'orders' | 'orders-cdc' | 'orders-avro',
  { publisher, without = [], migrations = [] }: Change,
  services: Readonly<Record<string, ServiceConfig>>,
): SubjectConfig {
  const declared = reference.publishers?.[name]
  if (declared === undefined) throw new Error(`the reference declares no publisher '${name}'`)
  const { outbox, ...rest } = declared
  const orders = services.orders ?? serviceNamed(reference, 'orders')
  return {
    services: {
      ...services,
      orders: {
        ...orders,
        migrations: [...(orders.migrations ?? []), ...migrations.map((file) => `subjects/twins/db/${file}`)],
      },
    },
    publishers: {
      [name]: {
        ...rest,
        ...(without === true || outbox === undefined ? {} : { outbox: withoutColumns(outbox, without) }),
        ...publisher,
      },
    },
  }
}

function withoutColumns(
  { published, parked, ...outbox }: OutboxConfig,
  without: readonly ('published' | 'parked')[],
): OutboxConfig {
  return {
    ...outbox,
    ...(published === undefined || without.includes('published') ? {} : { published }),
    ...(parked === undefined || without.includes('parked') ? {} : { parked }),
  }
}

function ordersFrom(reference: SubjectConfig, file: string): ServiceConfig {
  return { ...serviceNamed(reference, 'orders'), command: node(`subjects/twins/orders/${file}.ts`) }
}
