import { nearest } from '../core/nearest.ts'
import type { Database, RunningService, Stack } from '../stacks/stack.ts'
import type { SpanEndpoints } from './testbed/span-endpoints.ts'

/** Where a database is, and with what to log in. */
export interface DatabaseAddress {
  /** postgres://user:password@host:port/name */
  readonly url: string
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly name: string
}

/** One instance of a service under test. */
export interface ServiceAddress {
  /** http://host:port, without a slash at its end. */
  readonly url: string
  readonly host: string
  readonly port: number
}

export interface Addressed {
  readonly stack: Stack
  readonly database?: Database
  /** Before every topic and group of this scenario. */
  readonly topicPrefix?: string
  /** Each called `<scenario>-<name>`. */
  readonly services?: readonly RunningService[]
  readonly spans?: SpanEndpoints | undefined
}

/**
 * Where the parts of one scenario are, past every link that it hurts: what people's own steps may use. Asking for what
 * the scenario does not have is an error that names what it has.
 */
export class AddressBook {
  readonly #at: Addressed

  constructor(at: Addressed) {
    this.#at = at
  }

  /** The scenario's own database. */
  get database(): DatabaseAddress {
    const { database } = this.#at
    if (database === undefined) throw new Error('this scenario has no database')
    const { user, password, name } = database
    return { url: database.url('host'), ...database.endpoint('host'), user, password, name }
  }

  get kafka(): { readonly bootstrapServers: string } {
    return { bootstrapServers: this.#at.stack.kafka.bootstrapServers('host') }
  }

  /** The name that a topic or a group of the config has in this scenario. */
  topic(name: string): string {
    return `${this.#at.topicPrefix ?? ''}${name}`
  }

  /** @throws where the stack runs none */
  get schemaRegistry(): { readonly url: string } {
    return { url: this.#at.stack.schemaRegistry.url('host') }
  }

  /** What takes spans, over HTTP and over gRPC. @throws where no service asks for its address */
  get otlp(): { readonly endpoint: string; readonly grpc: string } {
    const { spans } = this.#at
    if (spans === undefined) throw new Error('no service of this scenario asks for {otlp.endpoint}')
    return { endpoint: spans.http('host'), grpc: spans.grpc('host') }
  }

  /** @param name of the config's `services` @param instance where several run, from 0 */
  service(name: string, instance = 0): ServiceAddress {
    const services = this.#at.services ?? []
    const found = services.find((one) => nameOf(one) === name && one.instance === instance)
    if (found === undefined) throw noService(`${name}#${instance}`, services)
    const { host, port } = found.endpoint('host')
    return { url: `http://${host}:${port}`, host, port }
  }
}

function nameOf({ name }: RunningService): string {
  return name.slice(name.indexOf('-') + 1)
}

function noService(asked: string, services: readonly RunningService[]): Error {
  const known = services.map((one) => `${nameOf(one)}#${one.instance}`)
  const close = nearest(asked, known)
  const there = known.length === 0 ? 'it runs none' : `it runs ${known.join(', ')}`
  return new Error(
    `this scenario runs no service ${asked}; ${there}${close ? `; did you mean ${close}?` : ''}`,
  )
}
