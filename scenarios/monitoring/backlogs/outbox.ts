import { z } from 'zod'
import type { Declared } from '../../../subjects/contract/declared.ts'
import { unknownName } from '../../../subjects/contract/references.ts'
import { text } from '../../../subjects/contract/words.ts'
import { publishers } from '../../publishing/config.ts'
import { relayOf } from '../../publishing/declaration.ts'
import { alert } from './alert.ts'
import { backlog, labelled } from './backlog.ts'

/** Seconds: of an age, for a transaction's own time and for whole seconds. */
const OFF = 1

const schema = z.strictObject({
  /** A name of `publishers`: the rows of its outbox that are not published yet are what is watched. */
  publisher: text,
  /** What the metric says: the age of the oldest row in seconds, or how many rows there are. */
  in: z.enum(['seconds', 'rows']),
  /** What the column `published` says while a row waits, where that is neither false nor null: 'NEW'. */
  waits: text.exactOptional(),
  metric: text,
  /** Names of the labels that say whose rows they are, where there are any. */
  labels: z.strictObject({ table: text.exactOptional() }).exactOptional(),
  /** By what somebody is told that the relay does not publish; `above` is in seconds, or rows. */
  alert: alert.exactOptional(),
})

export interface OutboxConfig extends Declared<typeof schema> {}

/** Rows of an outbox that are not published yet. */
export const outbox = backlog<'outbox', OutboxConfig>({
  name: 'outbox',
  schema,
  wrongIn(at, { publisher }, config) {
    const field = `${at}.publisher`
    const all = publishers.of(config)
    const declared = all[publisher]
    if (declared === undefined) return unknownName(field, publisher, Object.keys(all), 'publisher')
    const relay = relayOf(declared)
    if (relay.kind !== 'polling' || relay.service === declared.service)
      return [
        {
          field,
          found: `'${publisher}', whose relay is no service of its own`,
          allowed: 'a publisher whose relay is another service: it has to be stopped while commands come',
        },
      ]
    if (declared.outbox?.published !== undefined) return []
    const allowed = 'a publisher that declares outbox.published: by it a row is told to wait'
    return [{ field, found: `'${publisher}', without outbox.published`, allowed }]
  },
  said({ publisher, in: unit, labels }, { config }) {
    const declared = publishers.of(config)[publisher]
    const relay = declared && relayOf(declared)
    const table = declared?.outbox?.table ?? 'the outbox'
    return {
      says: unit === 'seconds' ? `seconds the oldest row of ${table} waits` : `rows of ${table} wait`,
      unit,
      labels: labelled(labels?.table, table),
      error: unit === 'seconds' ? OFF : 0,
      rest: unit === 'seconds' ? 0.5 : 0,
      workers: relay?.kind === 'polling' ? [relay.service] : [],
    }
  },
})
