import { endpointText, firstEndpoint } from '../../core/endpoint.ts'
import { createDatabase } from '../clients/database.ts'
import { disposeAll, Lending } from '../lending.ts'
import type { ComponentName, Database, Reachable, Stack, Viewpoint } from '../stack.ts'
import { linkToBroker } from './broker-link.ts'
import { type ExternalKafka, externalKafka } from './external-kafka.ts'
import { type ExternalParts, ExternalUnfit } from './external-parts.ts'
import { type ExternalPostgres, externalPostgres } from './external-postgres.ts'
import { Journal } from './journal.ts'
import { StillThere } from './still-there.ts'

/**
 * A stack in which somebody else's broker or database server stands in the place of ours. What can not be done to it is
 * lacking, with the reason; what was made there is removed when this ends.
 * @throws {ExternalUnfit} where a part does not answer, or may not be used as it must be
 */
export async function withExternalParts(stack: Stack, parts: ExternalParts): Promise<Stack> {
  try {
    const [kafka, postgres] = await Promise.all([
      parts.kafka && externalKafka(parts.kafka.bootstrapServers, parts.prefix),
      parts.postgres && externalPostgres(parts.postgres.url),
    ])
    await expectReachable(stack, { kafka, postgres })
    const forget = await new Journal().begin(parts)
    return externalStack(stack, { kafka, postgres, forget })
  } catch (error) {
    await stack[Symbol.asyncDispose]()
    throw error
  }
}

interface Answering {
  readonly kafka: ExternalKafka | undefined
  readonly postgres: ExternalPostgres | undefined
}

function externalStack(inner: Stack, { kafka, postgres, forget }: Begun): Stack {
  const lending = new Lending()
  const there = new StillThere([
    ...(kafka ? [{ name: `kafka at ${kafka.kafka.bootstrapServers('host')}`, ask: kafka.ask }] : []),
    ...(postgres
      ? [{ name: `postgres at ${addressOf(postgres)}`, ask: () => postgres.server.query('SELECT 1') }]
      : []),
  ])
  /** What is gone removes nothing; what was made there is left to `eventproof gc`. */
  const unlessLost = (made: AsyncDisposable): AsyncDisposable => ({
    [Symbol.asyncDispose]: async () => (there.lost.aborted ? undefined : made[Symbol.asyncDispose]()),
  })
  const lacking = new Map([...inner.lacking, ...(kafka?.lacking ?? []), ...(postgres?.lacking ?? [])])
  const elsewhere = (name: ComponentName) =>
    (name === 'kafka' && kafka !== undefined) || (name === 'postgres' && postgres !== undefined)
  const ours = (components: readonly ComponentName[]) => components.filter((name) => !elsewhere(name))
  return {
    driver: inner.driver,
    capabilities: new Set([...inner.capabilities].filter((each) => !lacking.has(each))),
    lacking,
    get versions() {
      return {
        ...inner.versions,
        ...(kafka ? { kafka: `by address: ${kafka.kafka.bootstrapServers('host')}` } : {}),
        ...(postgres ? { postgres: `${postgres.version}, by address: ${addressOf(postgres)}` } : {}),
      }
    },
    ...(inner.scaledAtOnce === undefined ? {} : { scaledAtOnce: inner.scaledAtOnce }),
    lost: AbortSignal.any([inner.lost, there.lost]),
    prepare: (components) => inner.prepare(ours(components)),
    need: (components) => inner.need(ours(components)),
    get kafka() {
      return kafka?.kafka ?? inner.kafka
    },
    get connect() {
      return inner.connect
    },
    get schemaRegistry() {
      return inner.schemaRegistry
    },
    get kubernetes() {
      return inner.kubernetes
    },
    broker: () => inner.broker(),
    async database(name, options = {}): Promise<Database> {
      if (postgres === undefined || options.ownServer) return inner.database(name, options)
      const database = await createDatabase(postgres.server, name)
      return lending.lend({ ...database, ...unlessLost(database) })
    },
    link: async (name: string, target: 'kafka' | Reachable, by: Viewpoint) => {
      if (target !== 'kafka' || kafka === undefined) return inner.link(name, target, by)
      return lending.lend(
        await linkToBroker(inner, name, firstEndpoint(kafka.kafka.bootstrapServers('host')), by),
      )
    },
    prometheus: (spec) => inner.prometheus(spec),
    listener: () => inner.listener(),
    viewpoint: (program) => inner.viewpoint(program),
    port: (program) => inner.port(program),
    service: (spec) => inner.service(spec),
    async [Symbol.asyncDispose]() {
      // Clients end before what they made is removed: a group with members can not be deleted.
      const errors = await disposeAll([lending])
      errors.push(...(await disposeAll([inner])))
      if (kafka) errors.push(...(await disposeAll([unlessLost(kafka)])))
      there[Symbol.dispose]()
      if (errors.length === 0 && !there.lost.aborted) await forget()
      if (errors.length > 0) throw new AggregateError(errors, 'the stack did not end in order')
    },
  }
}

interface Begun extends Answering {
  /** Crosses out what was written down of this session: nothing of it is left there. */
  readonly forget: () => Promise<void>
}

/** What runs in a container does not reach the loopback of this machine. @throws {ExternalUnfit} */
async function expectReachable(stack: Stack, { kafka, postgres }: Answering): Promise<void> {
  await using listener = await stack.listener()
  if (listener.endpoint('service').host === listener.bind.host) return
  const addresses = {
    'stack.kafka.bootstrapServers': kafka?.kafka.bootstrapServers('host'),
    'stack.postgres.url': postgres && addressOf(postgres),
  }
  for (const [field, address] of Object.entries(addresses)) {
    if (address === undefined || !/^(localhost|127\.|\[?::1)/.test(address)) continue
    throw new ExternalUnfit('a part of the config is out of the reach of containers', {
      what: `${address} is this machine's own, and in a container it means that container`,
      where: field,
      hint: 'give an address by which other machines reach it, or run with --stack processes',
    })
  }
}

function addressOf({ server }: ExternalPostgres): string {
  return endpointText(server.endpoint('host'))
}
