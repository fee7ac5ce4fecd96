import type { EventOf } from '../../../proof/history/event.ts'
import type { Trial } from '../../../proof/window.ts'
import { markedKey } from '../../marked-key.ts'
import type { PublisherDeclaration } from '../plan.ts'
import { changesOf, marksOf, recordsAbout } from '../view/about.ts'
import type { PublisherView } from '../view/publisher-view.ts'

type PublisherTrial = Trial<PublisherView>

/** What the publisher of this trial's scenario declares. */
export function publisherOf({ view }: PublisherTrial): PublisherDeclaration {
  return view.plan.publisher
}

/** Commits that changed the marked aggregate's business row in this trial. */
export function committed(trial: PublisherTrial): EventOf<'pg.tx'> | undefined {
  const changes = changesOf(markedKey(trial), trial.view)
  return trial.first('pg.tx', ({ rows }) => rows.some(changes))
}

/** The first record of the marked aggregate in this trial that lies behind `seq`. */
export function published(trial: PublisherTrial, after = 0): EventOf<'k.record'> | undefined {
  const isMarked = ofMarkedKey(trial)
  return trial.first('k.record', (record) => record.seq > after && isMarked(record) === true)
}

/** The records in this trial of other aggregates behind `seq`: others flow. */
export function othersPublished(trial: PublisherTrial, after: number): EventOf<'k.record'>[] {
  const isMarked = ofMarkedKey(trial)
  return trial.events.filter(
    (event): event is EventOf<'k.record'> =>
      event.kind === 'k.record' && event.seq > after && isMarked(event) === false,
  )
}

/**
 * Whether a record on the topic is the marked aggregate's: by the event that it announces, or, where none is known, by
 * its key. Undefined for other topics.
 */
function ofMarkedKey(trial: PublisherTrial): (record: EventOf<'k.record'>) => boolean | undefined {
  const { view } = trial
  const key = markedKey(trial)
  const marked = new Set(recordsAbout(key, view).map(({ record }) => record.seq))
  return (record) => (record.topic === publisherOf(trial).topic ? marked.has(record.seq) : undefined)
}

/** A change of the marked aggregate's outbox rows by its relay: published set, parked, or deleted; not a claim. */
export function markedDone(trial: PublisherTrial, after = 0): EventOf<'pg.tx'> | undefined {
  const done = marksOf(markedKey(trial), trial.view)
  return trial.first('pg.tx', ({ seq, rows }) => seq > after && rows.some(done))
}
