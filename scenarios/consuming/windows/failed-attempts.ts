import { ATTEMPT } from '../../../proof/history/attempt-messages.ts'
import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import type { Trial } from '../../../proof/window.ts'
import { consumerOf } from './marked-input.ts'

type Failed = EventOf<'call'> | EventOf<'pg.message'>

/** What was counted of failed attempts at an input: outside calls that were refused, effects that were spoiled. */
export function failedAttempts(
  events: readonly HistoryEvent[],
  { event: id, amount }: { readonly event: string; readonly amount: number },
): readonly Failed[] {
  return events.filter((event): event is Failed => {
    if (event.kind === 'call')
      return event.status >= 400 && (event.event === id || event.idempotencyKey === id)
    if (event.kind !== 'pg.message' || event.prefix !== ATTEMPT.spoiled) return false
    return event.content === id || event.content === String(amount)
  })
}

/** Inputs of a trial that the harness let fail, or that can not be read. */
export function failingInputs(trial: Trial): readonly EventOf<'input'>[] {
  return trial.events.filter(
    (event): event is EventOf<'input'> =>
      event.kind === 'input' && (event.failures !== 0 || event.expect === 'dead-letter'),
  )
}

/** Events that nobody can read are placed so: no attempt at them gets as far as where it could be let fail. */
export function isUnreadable({ failures, expect }: EventOf<'input'>): boolean {
  return failures === 0 && expect === 'dead-letter'
}

/** The dead letter of an input in a trial. */
export function deadLetterOf(trial: Trial, { key }: EventOf<'input'>): EventOf<'k.record'> | undefined {
  const { retry } = consumerOf(trial) ?? {}
  return trial.first('k.record', (record) => record.topic === retry?.deadLetter && record.key === key)
}
