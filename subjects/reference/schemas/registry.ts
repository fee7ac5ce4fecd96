/** As the registry's API calls the formats of schemas. */
export type SchemaType = 'AVRO' | 'PROTOBUF' | 'JSON'

/** A version of another subject, by the name that a schema calls it by. */
export interface Reference {
  readonly name: string
  readonly subject: string
  readonly version: number
}

/** Confluent's API of a schema registry, as far as a deployment needs it. */
export class Registry {
  readonly #base: string

  constructor(base: string) {
    this.#base = base
  }

  /** @returns the schema's id @throws with the registry's own words, where it refuses the schema */
  async register(
    subject: string,
    schemaType: SchemaType,
    schema: string,
    references: readonly Reference[] = [],
  ): Promise<number> {
    const body = {
      schema,
      ...(schemaType === 'AVRO' ? {} : { schemaType }),
      ...(references.length === 0 ? {} : { references }),
    }
    const { id } = await this.#call('POST', `/subjects/${encodeURIComponent(subject)}/versions`, body)
    return Number(id)
  }

  /** Which versions it will take from now on. */
  async setLevel(subject: string, compatibility: string): Promise<void> {
    await this.#call('PUT', `/config/${encodeURIComponent(subject)}`, { compatibility })
  }

  async #call(method: string, path: string, body: unknown): Promise<{ readonly id?: unknown }> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      signal: AbortSignal.timeout(5000),
      headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${text}`)
    return JSON.parse(text)
  }
}
