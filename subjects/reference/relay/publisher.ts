import type { OutboxRow } from './outbox-row.ts'
import { requests, unpublishable } from './publishable.ts'

/** Sends rows as one request. @throws {TooLarge} when the broker refuses the size, anything else when in doubt. */
export type Send = (rows: readonly OutboxRow[]) => Promise<void>

/** The broker refused a request for its size; nothing tells which of its partitions were stored. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

/** What became of a batch: rows that are in neither list were not acknowledged, because of `failure`. */
export interface Published {
  readonly acknowledged: readonly string[]
  readonly unpublishable: readonly { readonly id: string; readonly reason: string }[]
  readonly failure?: unknown
}

/** `stillHere` is called between two requests, by which somebody else may see that the batch goes on. */
export type Publish = (rows: readonly OutboxRow[], stillHere?: () => Promise<unknown>) => Promise<Published>

const FULL_REQUEST = 512 * 1024
const SMALLEST_REQUEST = 8 * 1024

/**
 * Publishes in order, one request after the other, and stops at the first that fails: what is behind it must
 * not overtake it. A request that is too large is sent again row by row, so that only the row that is too
 * large alone is given up; requests are smaller from then on.
 * @param reasonOf why a row can never be published, or undefined
 */
export function publisher(send: Send, reasonOf = unpublishable): Publish {
  let size = FULL_REQUEST
  return async (rows, stillHere = async () => {}) => {
    const given = rows.map((row) => ({ row, reason: reasonOf(row) }))
    const rejected = given.flatMap(({ row, reason }) =>
      reason === undefined ? [] : [{ id: row.id, reason }],
    )
    const good = given.flatMap(({ row, reason }) => (reason === undefined ? [row] : []))
    const acknowledged: string[] = []

    const deliver = async (part: readonly OutboxRow[]): Promise<void> => {
      try {
        await send(part)
        acknowledged.push(...part.map(({ id }) => id))
      } catch (error) {
        if (!(error instanceof TooLarge)) throw error
        const only = part.length === 1 ? part[0] : undefined
        if (only !== undefined)
          rejected.push({ id: only.id, reason: `the broker refused it: ${error.message}` })
        else {
          size = Math.max(size / 2, SMALLEST_REQUEST)
          for (const row of part) {
            await stillHere()
            await deliver([row])
          }
        }
      }
    }

    try {
      for (const [index, part] of requests(good, size).entries()) {
        if (index > 0) await stillHere()
        await deliver(part)
      }
      return { acknowledged, unpublishable: rejected }
    } catch (failure) {
      return { acknowledged, unpublishable: rejected, failure }
    }
  }
}
