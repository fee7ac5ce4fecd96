import { z } from 'zod'
import { messageOf } from '../../core/error.ts'
import { FORMATS, type ReferredText, type SchemaText } from '../../schemas/schema.ts'
import { RegistryFailed } from './registry-failed.ts'

/** Milliseconds for one answer. */
const PATIENCE = 10_000
const NOT_FOUND = 404

/** What the registry says to a schema that it is to take. */
export interface RegistryAnswer {
  readonly accepted: boolean
  readonly status: number
  /** Its own words; the id where it took the schema. */
  readonly says: string
}

/** What a version of a subject is registered by, as the registry has it. */
export interface Registration extends z.infer<typeof schemaAnswer> {
  readonly version: number
}

/** A version of a subject. */
export interface RegisteredSchema extends SchemaText {
  readonly id: number
  readonly version: number
}

const levelAnswer = z.looseObject({ compatibilityLevel: z.string() })
const idAnswer = z.looseObject({ id: z.int() })
const refusal = z.looseObject({ message: z.string() })
const referenceAnswer = z.looseObject({ name: z.string(), subject: z.string(), version: z.int() })
const schemaAnswer = z.looseObject({
  schema: z.string(),
  schemaType: z.enum(FORMATS).default('AVRO'),
  references: z.array(referenceAnswer).nullish(),
})
const versionAnswer = schemaAnswer.extend({ id: z.int(), version: z.int() })

interface Reply {
  readonly status: number
  readonly body: unknown
}

/** A schema registry by its address, spoken to through Confluent's API. */
export class SchemaRegistry {
  readonly #base: string

  constructor(base: string) {
    this.#base = base.replace(/\/$/, '')
  }

  /** Answers also where the schema is refused. @throws {RegistryFailed} where it is neither taken nor refused */
  async register(subject: string, { format, text }: SchemaText): Promise<RegistryAnswer> {
    const path = `/subjects/${encodeURIComponent(subject)}/versions`
    const schemaType = format === 'AVRO' ? {} : { schemaType: format }
    const { status, body } = await this.#ask('POST', path, { schema: text, ...schemaType })
    const taken = idAnswer.safeParse(body)
    if (status === 200 && taken.success) return { accepted: true, status, says: `id ${taken.data.id}` }
    if (status !== 409 && status !== 422) throw this.#unexpected('POST', path, { status, body })
    return { accepted: false, status, says: refusal.safeParse(body).data?.message ?? JSON.stringify(body) }
  }

  /** Registers it, if it is not there yet. @throws {RegistryFailed} also where it is refused */
  async idOf(subject: string, { format, text }: SchemaText): Promise<number> {
    const path = `/subjects/${encodeURIComponent(subject)}/versions`
    const schemaType = format === 'AVRO' ? {} : { schemaType: format }
    return idAnswer.parse(await this.#expect('POST', path, { schema: text, ...schemaType })).id
  }

  /** Of the subject alone; undefined where it has none of its own. Some registries say `NONE` then. */
  async level(subject: string): Promise<string | undefined> {
    return this.#level(`/config/${encodeURIComponent(subject)}`)
  }

  /** What is assumed for subjects that have none of their own. */
  async assumedLevel(): Promise<string | undefined> {
    return this.#level('/config')
  }

  async setLevel(subject: string, compatibility: string): Promise<void> {
    await this.#expect('PUT', `/config/${encodeURIComponent(subject)}`, { compatibility })
  }

  /** All versions of a subject, oldest first; none where there is no such subject. */
  async versions(subject: string): Promise<readonly RegisteredSchema[]> {
    const found = await this.#versions(subject)
    return found.map(({ id, version, schema, schemaType }) => ({
      id,
      version,
      text: schema,
      format: schemaType,
    }))
  }

  /** The same, as they would be registered once more. */
  async registrations(subject: string): Promise<readonly Registration[]> {
    const found = await this.#versions(subject)
    return found.map(({ version, schema, schemaType, references }) => ({
      version,
      schema,
      schemaType,
      references,
    }))
  }

  /** @throws {RegistryFailed} where it is not taken */
  async registerAgain(subject: string, registration: Registration): Promise<void> {
    await this.#expect('POST', `/subjects/${encodeURIComponent(subject)}/versions`, requestOf(registration))
  }

  /** Whether who looks it up in its subject is told its id. */
  async finds(subject: string, registration: Registration): Promise<boolean> {
    const path = `/subjects/${encodeURIComponent(subject)}`
    return (await this.#expect('POST', path, requestOf(registration), [NOT_FOUND])) !== undefined
  }

  /** One that was deleted softly. */
  async removeVersion(subject: string, version: number): Promise<void> {
    const path = `/subjects/${encodeURIComponent(subject)}/versions/${version}?permanent=true`
    await this.#expect('DELETE', path, undefined, [NOT_FOUND])
  }

  /** With all that it refers to. Undefined where it knows no such id. */
  async schemaOf(id: number): Promise<SchemaText | undefined> {
    const body = await this.#expect('GET', `/schemas/ids/${id}`, undefined, [NOT_FOUND])
    if (body === undefined) return undefined
    const { schema, schemaType, references } = schemaAnswer.parse(body)
    const referred = await this.#referred(references ?? [])
    return {
      format: schemaType,
      text: schema,
      ...(referred.length === 0 ? {} : { references: referred }),
    }
  }

  /** Those that have it as one of their versions. */
  async subjectsOf(id: number): Promise<readonly string[]> {
    const versions = await this.#expect('GET', `/schemas/ids/${id}/versions`, undefined, [NOT_FOUND])
    return z
      .array(z.looseObject({ subject: z.string() }))
      .parse(versions ?? [])
      .map(({ subject }) => subject)
  }

  async subjects(): Promise<readonly string[]> {
    return z.array(z.string()).parse(await this.#expect('GET', '/subjects'))
  }

  /** Nobody finds it by its name any more; its ids stay what they are. */
  async deleteSoftly(subject: string): Promise<void> {
    await this.#expect('DELETE', `/subjects/${encodeURIComponent(subject)}`, undefined, [NOT_FOUND])
  }

  /** For good: nothing of it stays. */
  async remove(subject: string): Promise<void> {
    await this.deleteSoftly(subject)
    const path = `/subjects/${encodeURIComponent(subject)}?permanent=true`
    await this.#expect('DELETE', path, undefined, [NOT_FOUND])
  }

  async #versions(subject: string): Promise<readonly z.infer<typeof versionAnswer>[]> {
    const path = `/subjects/${encodeURIComponent(subject)}/versions`
    const numbers = z.array(z.int()).parse((await this.#expect('GET', path, undefined, [NOT_FOUND])) ?? [])
    const sorted = numbers.toSorted((a, b) => a - b)
    return Promise.all(
      sorted.map(async (number) => versionAnswer.parse(await this.#expect('GET', `${path}/${number}`))),
    )
  }

  /** What is referred to, each once, and behind what it refers to itself. */
  async #referred(
    references: readonly z.infer<typeof referenceAnswer>[],
    seen = new Set<string>(),
  ): Promise<readonly ReferredText[]> {
    const found: ReferredText[] = []
    for (const { name, subject, version } of references) {
      if (seen.has(name)) continue
      seen.add(name)
      const path = `/subjects/${encodeURIComponent(subject)}/versions/${version}?deleted=true`
      const answer = schemaAnswer.parse(await this.#expect('GET', path))
      found.push(...(await this.#referred(answer.references ?? [], seen)), { name, text: answer.schema })
    }
    return found
  }

  async #level(path: string): Promise<string | undefined> {
    const body = await this.#expect('GET', path, undefined, [NOT_FOUND])
    return body === undefined ? undefined : levelAnswer.parse(body).compatibilityLevel
  }

  /** @returns undefined for one of the statuses that mean "there is none" */
  async #expect(
    method: string,
    path: string,
    body?: unknown,
    none: readonly number[] = [],
  ): Promise<unknown> {
    const reply = await this.#ask(method, path, body)
    if (none.includes(reply.status)) return undefined
    if (reply.status >= 300) throw this.#unexpected(method, path, reply)
    return reply.body
  }

  async #ask(method: string, path: string, body?: unknown): Promise<Reply> {
    try {
      const response = await fetch(`${this.#base}${path}`, {
        method,
        signal: AbortSignal.timeout(PATIENCE),
        headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    } catch (cause) {
      throw new RegistryFailed('the schema registry does not answer', {
        what: `${method} ${path}: ${messageOf(cause)}; expected JSON, as Confluent's API has it`,
        where: this.#base,
        hint: "is it the base of Confluent's API? Of Apicurio it ends with /apis/ccompat/v7",
        cause,
      })
    }
  }

  #unexpected(method: string, path: string, { status, body }: Reply): RegistryFailed {
    return new RegistryFailed("the schema registry does not do what Confluent's API says", {
      what: `${method} ${path}: HTTP ${status} ${JSON.stringify(body)}`,
      where: this.#base,
      hint: "is it the base of Confluent's API? Of Apicurio it ends with /apis/ccompat/v7",
    })
  }
}

function requestOf({ schema, schemaType, references }: Registration) {
  return {
    schema,
    ...(schemaType === 'AVRO' ? {} : { schemaType }),
    ...(references?.length ? { references } : {}),
  }
}
