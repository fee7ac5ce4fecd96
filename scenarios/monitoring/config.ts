import { z } from 'zod'
import type { Declared } from '../../subjects/contract/declared.ts'
import type { CommonConfig, WrongField } from '../../subjects/contract/index.ts'
import { unknownService } from '../../subjects/contract/references.ts'
import { section } from '../../subjects/contract/section.ts'
import { duration, path, text } from '../../subjects/contract/words.ts'
import type { Backlog, Names, ReportedConfig, Said } from './backlogs/backlog.ts'
import { lag } from './backlogs/lag.ts'
import { letters } from './backlogs/letters.ts'
import { outbox } from './backlogs/outbox.ts'
import { slot } from './backlogs/slot.ts'

const monitored = z.strictObject({
  /** The service that says how much waits. It must not be one of those that work it off: what is dead says nothing. */
  service: text,
  /** Where it says so, in Prometheus' text format. Default '/metrics'. */
  path: path.exactOptional(),
  /** How old what it says may be. Default 0s: it asks when it is asked. */
  refresh: duration.exactOptional(),
  /** Events that a consumer's group has not committed past. */
  lag: lag.schema.exactOptional(),
  /** Dead letters that nobody has taken up. */
  letters: letters.schema.exactOptional(),
  /** Rows of an outbox that are not published yet: their number, or the age of the oldest. */
  outbox: outbox.schema.exactOptional(),
  /** Bytes of WAL that a connector's replication slot keeps. */
  slot: slot.schema.exactOptional(),
})

export interface MonitoringConfig extends Declared<typeof monitored> {}

/** A backlog that is declared: what its field holds, what is said of it, and what is wrong with it. */
export interface DeclaredBacklog {
  readonly name: 'lag' | 'letters' | 'outbox' | 'slot'
  readonly declared: ReportedConfig
  said(names: Names): Said
  wrongIn(at: string, config: CommonConfig): readonly WrongField[]
}

/** The backlogs that a monitor reports. */
export function backlogsOf(config: MonitoringConfig): readonly DeclaredBacklog[] {
  return [
    config.lag && declared(lag, config.lag),
    config.letters && declared(letters, config.letters),
    config.outbox && declared(outbox, config.outbox),
    config.slot && declared(slot, config.slot),
  ].filter((one) => one !== undefined)
}

function declared<N extends DeclaredBacklog['name'], C extends ReportedConfig>(
  of: Backlog<N, C>,
  declared: C,
): DeclaredBacklog {
  return {
    name: of.name,
    declared,
    said: (names) => of.said(declared, names),
    wrongIn: (at, config) => of.wrongIn(at, declared, config),
  }
}

/** Monitors and what they report, as a config declares them. */
export const monitoring = section<'monitoring', MonitoringConfig>({
  name: 'monitoring',
  subject: monitored,
  references: (at, subject, config) => [
    ...unknownService(`${at}.service`, subject.service, config),
    ...(backlogsOf(subject).length === 0 ? [nothingWatched(at)] : []),
    ...backlogsOf(subject).flatMap((one) => one.wrongIn(`${at}.${one.name}`, config)),
  ],
})

function nothingWatched(field: string): WrongField {
  return {
    field,
    found: 'nothing that is watched',
    allowed: 'lag, letters, outbox or slot: at least one of them',
  }
}
