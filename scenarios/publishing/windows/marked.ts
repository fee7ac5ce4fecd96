import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import { eventIdReader } from '../../../proof/history/event-id.ts'
import type { Trial } from '../../../proof/window.ts'
import { markedKey } from '../../marked-key.ts'
import { isPublisherPlan, type PublisherDeclaration } from '../plan.ts'

/** What the publisher of this trial's scenario declares. */
export function publisherOf(trial: Trial): PublisherDeclaration | undefined {
  const { plan } = trial.view
  return isPublisherPlan(plan) ? plan.publisher : undefined
}

/** Commits that changed the marked aggregate's business row in this trial. */
export function committed(trial: Trial): EventOf<'pg.tx'> | undefined {
  const publisher = publisherOf(trial)
  const key = markedKey(trial)
  return trial.first('pg.tx', ({ rows }) =>
    rows.some(
      ({ table, op, after }) =>
        table === publisher?.state.table && op !== 'delete' && after?.[publisher.state.id] === key,
    ),
  )
}

/** The first record of the marked aggregate in this trial that lies behind `seq`. */
export function published(trial: Trial, after = 0): EventOf<'k.record'> | undefined {
  const isMarked = ofMarkedKey(trial)
  return trial.first('k.record', (record) => record.seq > after && isMarked(record) === true)
}

/** The records in this trial of other aggregates behind `seq`: others flow. */
export function othersPublished(trial: Trial, after: number): EventOf<'k.record'>[] {
  const isMarked = ofMarkedKey(trial)
  return trial.events.filter(
    (event): event is EventOf<'k.record'> =>
      event.kind === 'k.record' && event.seq > after && isMarked(event) === false,
  )
}

/**
 * Whether a record on the topic is the marked aggregate's: by its key, or, where keys are spelled otherwise (binary,
 * a struct), by the id of an outbox row. Undefined for other topics.
 */
function ofMarkedKey(trial: Trial): (record: EventOf<'k.record'>) => boolean | undefined {
  const publisher = publisherOf(trial)
  const key = markedKey(trial)
  if (!publisher) return () => undefined
  const idOf = eventIdReader(publisher.eventId)
  const ids = new Set(trial.history.flatMap((event) => idsIn(event, key, publisher)))
  return (record) =>
    record.topic === publisher.topic ? record.key === key || ids.has(idOf(record) ?? '') : undefined
}

function idsIn(event: HistoryEvent, key: string, { outbox }: PublisherDeclaration): string[] {
  if (event.kind !== 'pg.tx' || !outbox) return []
  return event.rows
    .filter(
      ({ table, op, after }) =>
        table === outbox.table && op === 'insert' && after?.[outbox.aggregateId] === key,
    )
    .flatMap(({ after }) => after?.[outbox.id] ?? [])
}

/** A change of the marked aggregate's outbox rows by its relay: published set, parked, or deleted. */
export function markedDone(trial: Trial, after = 0): EventOf<'pg.tx'> | undefined {
  const outbox = publisherOf(trial)?.outbox
  const key = markedKey(trial)
  if (!outbox) return undefined
  return trial.first(
    'pg.tx',
    ({ seq, rows }) =>
      seq > after &&
      rows.some(
        ({ table, op, after: row, before }) =>
          table === outbox.table && op !== 'insert' && (row ?? before)?.[outbox.aggregateId] === key,
      ),
  )
}
