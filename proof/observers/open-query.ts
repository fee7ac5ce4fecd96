import type pg from 'pg'
import { databaseClient } from '../../core/database-client.ts'

export type Row = Readonly<Record<string, string | null>>

/** A connection that stays, past every link: for what is asked again and again. Values come as text. */
export class OpenQuery implements AsyncDisposable {
  readonly #client: pg.Client

  private constructor(client: pg.Client) {
    this.#client = client
  }

  static async open(url: string): Promise<OpenQuery> {
    const client = databaseClient({
      connectionString: url,
      application_name: 'eventproof',
      types: { getTypeParser: () => (value: string | Buffer) => String(value) },
    })
    await client.connect()
    return new OpenQuery(client)
  }

  async ask(text: string, parameters: readonly unknown[] = []): Promise<readonly Row[]> {
    const { rows } = await this.#client.query(text, [...parameters])
    return rows
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.end().catch(() => {})
  }
}
