import type { EventOf } from '../../../proof/history/event.ts'
import { isCalled } from '../../../proof/history/table-name.ts'
import type { Entry, Trial } from '../../../proof/window.ts'
import { markedKey } from '../../marked-key.ts'
import { changesOf } from '../view/about.ts'
import type { PublisherView } from '../view/publisher-view.ts'

type PublisherTrial = Trial<PublisherView>

interface Overlap {
  /** The first transaction stood at the write gate. */
  readonly waiting: EventOf<'gate.waiting'>
  readonly opened: EventOf<'gate.opened'>
  /** The second change was asked for meanwhile. */
  readonly asked: EventOf<'op.invoke'>
  /** What it committed, while the first one waited. */
  readonly early: EventOf<'pg.tx'> | undefined
  /** What the first one committed. */
  readonly late: EventOf<'pg.tx'> | undefined
  /** Both changed the aggregate with the same id. */
  readonly same: boolean
}

/** Two changes of the marked aggregate in a trial, the second one asked for while the first one stood at the write gate. */
export function overlapOf(trial: PublisherTrial): Overlap | undefined {
  const key = markedKey(trial)
  const waiting = trial.first('gate.waiting', (event) => event.gate === 'write' && event.key === key)
  const opened = trial.first('gate.opened', (event) => event.gate === 'write' && event.key === key)
  if (!waiting || !opened) return undefined
  const meanwhile = ({ seq }: { readonly seq: number }) => seq > waiting.seq && seq < opened.seq
  const asked = trial.first('op.invoke', (event) => event.key === key && meanwhile(event))
  if (!asked) return undefined
  const isChange = changesOf(key, trial.view)
  const early = trial.first('pg.tx', (tx) => meanwhile(tx) && tx.rows.some(isChange))
  const late = trial.first(
    'pg.tx',
    ({ seq, xid, rows }) => seq > opened.seq && xid === waiting.xid && rows.some(isChange),
  )
  const ids = early && idsIn(early, trial)
  const same = late !== undefined && ids !== undefined && idsIn(late, trial).some((id) => ids.includes(id))
  return { waiting, opened, asked, early, late, same }
}

/**
 * What shows that changes of one aggregate do not overlap here: each made an aggregate of its own, the second one was
 * refused or waited, or the first one was rolled back since somebody else had been there.
 * @param patience milliseconds that the second one had to commit
 */
export function keptApart(trial: PublisherTrial, patience: number): Entry | undefined {
  const overlap = overlapOf(trial)
  if (overlap === undefined) return undefined
  const { waiting, opened, asked, early, late, same } = overlap
  const shown = (says: string, ...events: readonly number[]): Entry => ({
    grade: 'A',
    says,
    events: [waiting.seq, asked.seq, opened.seq, ...events],
  })
  if (early !== undefined && late !== undefined)
    return same
      ? undefined
      : shown(
          'no change of an aggregate can overlap: each command made one of its own, and `command.again` does not say how one is changed',
          early.seq,
          late.seq,
        )
  if (early !== undefined) {
    const aborted = trial.first('pg.xact', ({ xid, status }) => xid === waiting.xid && status === 'aborted')
    return (
      aborted &&
      shown(
        `changes that overlap do not both commit: transaction ${aborted.xid} was rolled back when it went on`,
        early.seq,
        aborted.seq,
      )
    )
  }
  const refused = trial.first('op.fail', ({ op, seq }) => op === asked.op && seq < opened.seq)
  if (refused !== undefined)
    return shown('a change of an aggregate is refused while another one is under way', refused.seq)
  const isChange = changesOf(markedKey(trial), trial.view)
  const after = late && trial.first('pg.tx', ({ seq, rows }) => seq > late.seq && rows.some(isChange))
  if (late === undefined || after === undefined || opened.at - asked.at < patience) return undefined
  const [waits] = trial.facts('session.waits')
  const by = waits === undefined ? '' : `, in backend ${waits.value} of the database`
  return {
    ...shown(
      `changes of an aggregate follow each other: the second one waited for the first one${by}, before that wrote`,
      late.seq,
      after.seq,
    ),
    grade: waits === undefined ? 'B' : 'A',
  }
}

/** Of the aggregates whose business rows a transaction changed. */
function idsIn({ rows }: EventOf<'pg.tx'>, { view }: PublisherTrial): readonly (string | null | undefined)[] {
  const { table, id } = view.plan.publisher.state
  const isState = isCalled(table)
  return rows.filter(({ table, op }) => op !== 'delete' && isState(table)).map(({ after }) => after?.[id])
}
