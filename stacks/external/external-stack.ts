import { endpointText, firstEndpoint } from '../../core/endpoint.ts'
import { createDatabase } from '../clients/database.ts'
import { disposeAll, Lending } from '../lending.ts'
import type { ComponentName, Database, Listener, Reachable, Stack, Viewpoint } from '../stack.ts'
import { linkToBroker } from './broker-link.ts'
import { type ExternalKafka, externalKafka } from './external-kafka.ts'
import { type ExternalKubernetes, externalKubernetes } from './external-kubernetes.ts'
import { type ExternalParts, ExternalUnfit } from './external-parts.ts'
import { type ExternalPostgres, externalPostgres } from './external-postgres.ts'
import { Journal } from './journal.ts'
import { StillThere } from './still-there.ts'

/**
 * A stack in which somebody else's broker, database server or cluster stands in the place of ours. What can not be done to it is
 * lacking, with the reason; what was made there is removed when this ends.
 * @throws {ExternalUnfit} where a part does not answer, or may not be used as it must be
 */
export async function withExternalParts(stack: Stack, parts: ExternalParts): Promise<Stack> {
  try {
    const [kafka, postgres, kubernetes] = await Promise.all([
      parts.kafka && externalKafka(parts.kafka.bootstrapServers, parts.prefix),
      parts.postgres && externalPostgres(parts.postgres.url),
      parts.kubernetes && externalKubernetes(parts.kubernetes, parts.prefix),
    ])
    await expectReachable(stack, { kafka, postgres, kubernetes })
    const forget = await new Journal().begin(parts)
    return externalStack(stack, { kafka, postgres, kubernetes }, forget)
  } catch (error) {
    await stack[Symbol.asyncDispose]()
    throw error
  }
}

interface Answering {
  readonly kafka: ExternalKafka | undefined
  readonly postgres: ExternalPostgres | undefined
  readonly kubernetes: ExternalKubernetes | undefined
}

/** @param forget crosses out what was written down of this session: nothing of it is left there */
function externalStack(inner: Stack, answering: Answering, forget: () => Promise<void>): Stack {
  const { kafka, postgres, kubernetes } = answering
  const lending = new Lending()
  const there = new StillThere([
    ...(kafka ? [{ name: `kafka at ${kafka.kafka.bootstrapServers('host')}`, ask: kafka.ask }] : []),
    ...(postgres
      ? [{ name: `postgres at ${addressOf(postgres)}`, ask: () => postgres.server.query('SELECT 1') }]
      : []),
    ...(kubernetes ? [{ name: `the cluster at ${kubernetes.server}`, ask: kubernetes.ask }] : []),
  ])
  /** What is gone removes nothing; what was made there is left to `eventproof gc`. */
  const unlessLost = (made: AsyncDisposable): AsyncDisposable => ({
    [Symbol.asyncDispose]: async () => (there.lost.aborted ? undefined : made[Symbol.asyncDispose]()),
  })
  const lacking = new Map([...inner.lacking, ...(kafka?.lacking ?? []), ...(postgres?.lacking ?? [])])
  // What the other cluster can do counts, and not what ours could.
  for (const capability of kubernetes?.capabilities ?? []) lacking.delete(capability)
  for (const [capability, why] of kubernetes?.lacking ?? []) lacking.set(capability, why)
  const given = [...inner.capabilities, ...(kubernetes?.capabilities ?? [])]
  let reached: Promise<void> | undefined
  const elsewhere = (name: ComponentName) =>
    Object.entries(answering).some(([part, found]) => part === name && found !== undefined)
  const ours = (components: readonly ComponentName[]) => components.filter((name) => !elsewhere(name))
  return {
    driver: inner.driver,
    capabilities: new Set(given.filter((each) => !lacking.has(each))),
    lacking,
    get versions() {
      return {
        ...inner.versions,
        ...kubernetes?.versions,
        ...(kafka ? { kafka: `by address: ${kafka.kafka.bootstrapServers('host')}` } : {}),
        ...(postgres ? { postgres: `${postgres.version}, by address: ${addressOf(postgres)}` } : {}),
      }
    },
    ...(inner.scaledAtOnce === undefined || kubernetes ? {} : { scaledAtOnce: inner.scaledAtOnce }),
    lost: AbortSignal.any([inner.lost, there.lost]),
    prepare: (components) => inner.prepare(ours(components)),
    async need(components) {
      if (components.includes('kubernetes') && kafka)
        reached ??= kubernetes?.reaches(kafka.kafka.bootstrapServers('cluster'))
      await Promise.all([inner.need(ours(components)), reached])
    },
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
      return kubernetes?.kubernetes ?? inner.kubernetes
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
    listener: async () => {
      const listener = await inner.listener()
      return kubernetes === undefined ? listener : unreachedByPods(listener, kubernetes.server)
    },
    viewpoint: (program) => inner.viewpoint(program),
    port: (program) => inner.port(program),
    service: (spec) => inner.service(spec),
    async [Symbol.asyncDispose]() {
      // Clients end before what they made is removed: a group with members can not be deleted.
      const errors = await disposeAll([lending])
      errors.push(...(await disposeAll([inner])))
      const made = [kafka, kubernetes].filter((part) => part !== undefined)
      errors.push(...(await disposeAll(made.map(unlessLost))))
      there[Symbol.dispose]()
      if (errors.length === 0 && !there.lost.aborted) await forget()
      if (errors.length > 0) throw new AggregateError(errors, 'the stack did not end in order')
    },
  }
}

/** @throws {ExternalUnfit} where somebody asks how its pods reach us */
function unreachedByPods(listener: Listener, server: string): Listener {
  return {
    bind: listener.bind,
    endpoint(from) {
      if (from !== 'cluster') return listener.endpoint(from)
      throw new ExternalUnfit('what runs in the cluster of the config does not reach this tool', {
        what: `a workload at ${server} is to be told an address of ours`,
        where: 'stack.kubernetes, with the env of the service',
        hint: 'leave {stub.url}, {alerts.url} and {otlp.endpoint} out of it',
      })
    },
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  }
}

/** What runs in a container or a pod does not reach the loopback of this machine. @throws {ExternalUnfit} */
async function expectReachable(stack: Stack, { kafka, postgres, kubernetes }: Answering): Promise<void> {
  await using listener = await stack.listener()
  if (!kubernetes && listener.endpoint('service').host === listener.bind.host) return
  const addresses = {
    'stack.kafka.bootstrapServers': kafka?.kafka.bootstrapServers('host'),
    'stack.postgres.url': postgres && addressOf(postgres),
  }
  for (const [field, address] of Object.entries(addresses)) {
    if (address === undefined || !/^(localhost|127\.|\[?::1)/.test(address)) continue
    throw new ExternalUnfit('a part of the config is out of the reach of containers', {
      what: `${address} is this machine's own, and in a container or a pod it means that one`,
      where: field,
      hint: kubernetes
        ? 'give an address by which pods of the cluster reach it'
        : 'give an address by which other machines reach it, or run with --stack processes',
    })
  }
}

function addressOf({ server }: ExternalPostgres): string {
  return endpointText(server.endpoint('host'))
}
