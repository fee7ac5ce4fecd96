import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { cacheFolder } from '../../core/cache-folder.mjs'
import { isGone, ownerOf } from '../../core/owner.ts'
import type { ExternalParts } from './external-parts.ts'

/** A session that makes things on parts of somebody else, as this machine remembers it: without a password. */
const entry = z.strictObject({
  /** What it makes begins with this: nothing else is ever removed. */
  prefix: z.string().regex(/^evp[0-9a-f]{8}$/),
  /** Its process. */
  owner: z.string(),
  kafka: z.string().optional(),
  postgres: z.strictObject({ host: z.string(), port: z.number(), user: z.string() }).optional(),
  /** A file that keeps its credentials itself. */
  kubernetes: z.strictObject({ kubeconfig: z.string(), context: z.string().exactOptional() }).optional(),
})

export type Entry = z.output<typeof entry>

/** Where a server of Postgres is, and by whom it is asked; what a password belongs to. */
export type PostgresPlace = NonNullable<Entry['postgres']>

/**
 * What is written down before anything is made on a broker or a server of somebody else, and crossed out when it is
 * removed: of a session that was killed it is all that is left here.
 */
export class Journal {
  readonly #folder: string

  constructor(folder = join(cacheFolder(), 'external-sessions')) {
    this.#folder = folder
  }

  /** @returns what crosses it out */
  async begin({ prefix, kafka, postgres, kubernetes }: ExternalParts): Promise<() => Promise<void>> {
    const written: Entry = {
      prefix,
      owner: ownerOf(),
      ...(kafka ? { kafka: kafka.bootstrapServers } : {}),
      ...(postgres ? { postgres: placeOf(postgres.url) } : {}),
      ...(kubernetes ? { kubernetes } : {}),
    }
    await mkdir(this.#folder, { recursive: true })
    const path = this.file(prefix)
    await writeFile(`${path}.new`, JSON.stringify(written))
    await rename(`${path}.new`, path)
    return () => this.end(prefix)
  }

  async end(prefix: string): Promise<void> {
    await rm(this.file(prefix), { force: true })
  }

  /** Sessions of this machine whose process is gone; a file that is none of ours says nothing. */
  async orphaned(): Promise<readonly Entry[]> {
    const names = await readdir(this.#folder).catch(() => [])
    const found: Entry[] = []
    for (const name of names.filter((one) => one.endsWith('.json')).sort()) {
      const text = await readFile(join(this.#folder, name), 'utf8').catch(() => '')
      const parsed = entry.safeParse(jsonOf(text))
      if (parsed.success && isGone(parsed.data.owner)) found.push(parsed.data)
    }
    return found
  }

  /** Where a session is written down. */
  file(prefix: string): string {
    return join(this.#folder, `${prefix}.json`)
  }
}

export function placeOf(url: string): PostgresPlace {
  const { hostname: host, port, username } = new URL(url)
  return { host, port: Number(port || 5432), user: decodeURIComponent(username) }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
