import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { RunRecord } from '../proof/judgement.ts'
import type { Subject } from './subject.ts'

/** What a config attests and waives, with the hashes of the evidence as it is now. */
export async function declaredBesides({
  config: { attestations, waivers },
  folder,
}: Pick<Subject, 'config' | 'folder'>): Promise<Pick<RunRecord, 'attestations' | 'waivers'>> {
  return {
    ...(attestations === undefined
      ? {}
      : {
          attestations: await Promise.all(
            Object.entries(attestations).map(async ([id, attested]) => {
              return { id, ...attested, found: await hashOf(resolve(folder, attested.evidence)) }
            }),
          ),
        }),
    ...(waivers === undefined ? {} : { waivers }),
  }
}

/** Null for what is no file, or can't be read. */
async function hashOf(path: string): Promise<string | null> {
  try {
    if (!(await stat(path)).isFile()) return null
    const hash = createHash('sha256')
    await pipeline(createReadStream(path), hash)
    return hash.digest('hex')
  } catch {
    return null
  }
}
