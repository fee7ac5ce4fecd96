import { z } from 'zod'
import type { Declared } from '../../../subjects/contract/declared.ts'
import { unknownName } from '../../../subjects/contract/references.ts'
import { text } from '../../../subjects/contract/words.ts'
import { publishers } from '../../publishing/config.ts'
import { relayOf } from '../../publishing/declaration.ts'
import { alert } from './alert.ts'
import { backlog, labelled } from './backlog.ts'

const schema = z.strictObject({
  /** A name of `publishers` whose relay is Debezium: its replication slot is what is watched. */
  publisher: text,
  metric: text,
  /** The name of the label that says which slot it is, where there is one. */
  labels: z.strictObject({ slot: text.exactOptional() }).exactOptional(),
  /**
   * What the rules call the slot: a scenario's own name of it becomes this before they are evaluated. Default: the
   * connector's `slot.name`, where it declares one.
   */
  called: text.exactOptional(),
  /** By what somebody is told that the slot keeps too much; `above` is in bytes. */
  alert: alert.exactOptional(),
})

export interface SlotConfig extends Declared<typeof schema> {}

/** WAL that a replication slot keeps from being removed, in bytes: from its restart_lsn to the end. */
export const slot = backlog<'slot', SlotConfig>({
  name: 'slot',
  schema,
  wrongIn(at, { publisher }, config) {
    const field = `${at}.publisher`
    const all = publishers.of(config)
    const declared = all[publisher]
    if (declared === undefined) return unknownName(field, publisher, Object.keys(all), 'publisher')
    if (relayOf(declared).kind === 'debezium') return []
    const allowed = 'a publisher whose relay is { debezium: … }: no other one has a slot'
    return [{ field, found: `'${publisher}'`, allowed }]
  },
  said({ publisher, labels, called }, { config, database }) {
    const declared = publishers.of(config)[publisher]
    const relay = declared && relayOf(declared)
    const name = called ?? (relay?.kind === 'debezium' ? relay.connector['slot.name'] : undefined)
    return {
      says: `bytes of WAL slot ${database} keeps`,
      unit: 'bytes',
      labels: labelled(labels?.slot, database),
      error: 0,
      rest: 0.5,
      workers: [],
      ...(labels?.slot === undefined || name === undefined ? {} : { renamed: { [labels.slot]: name } }),
    }
  },
})
