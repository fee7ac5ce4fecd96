import type { Names } from '../backlogs/backlog.ts'
import type { MonitoringConfig } from '../config.ts'
import type { Supply } from './backlog-source.ts'
import { lagSupply } from './consumed-lag.ts'
import { lettersSupply } from './dead-letters.ts'
import { slotSupply } from './kept-wal.ts'
import { outboxSupply } from './unpublished-rows.ts'

/** How each backlog is brought up that a monitor is declared to report. */
export function suppliesOf(
  { lag, letters, outbox, slot }: MonitoringConfig,
  names: Names,
): readonly Supply[] {
  return [
    lag && lagSupply(lag, names),
    letters && lettersSupply(letters, names),
    outbox && outboxSupply(outbox, names),
    slot && slotSupply(slot, names),
  ].filter((supply) => supply !== undefined)
}
