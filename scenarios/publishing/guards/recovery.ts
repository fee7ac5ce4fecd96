import { recovery as guard } from '../../../proof/guards/recovery.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { flow } from './flow.ts'

/**
 * Guard 3: the recovery path ran: an event was owed when a fault was cleared, one was sent or marked again, a commit had
 * waited at a gate, a transaction was rolled back, a command that a fault met was not carried out. Where events can never be published, or the subject may have no need of
 * what was taken away, nothing has to come back.
 */
export const recovery = guard<PublisherView>({
  flow,
  idle: 'nothing was owed, sent again or rolled back when a fault was cleared',
  excused: ({ plan, disturbances }) =>
    plan.traits.includes('may-pass-by') || disturbances.faults.some(({ lasting }) => lasting),
  work(view, cleared) {
    const { owed, again, held } = workOfRelay(view, cleared)
    return [
      { count: owed, says: 'events were owed' },
      { count: again, says: 'were sent or marked again' },
      { count: held, says: 'commits had waited' },
      { count: view.aborted.size, says: 'were rolled back' },
      { count: failed(view), says: 'commands failed and left nothing behind' },
    ]
  },
})

/** Commands that nobody can tell the outcome of by their answers, given while a fault was there, and that were not carried out. */
function failed({ commands, disturbances: { faults } }: PublisherView): number {
  return commands.all.filter(
    ({ invoke, outcome, tx }) =>
      tx === undefined &&
      outcome?.kind === 'op.info' &&
      faults.some(
        ({ armed, cleared }) =>
          armed.seq < outcome.seq && invoke.seq < (cleared?.seq ?? Number.POSITIVE_INFINITY),
      ),
  ).length
}

/** Events, each once: owed when a fault was cleared, dealt with again after it, and those whose commit had waited at a gate. */
function workOfRelay(view: PublisherView, cleared: readonly number[]) {
  const between = (from: number, to: number) => cleared.some((seq) => seq > from && seq < to)
  const waited = new Map(
    view.disturbances.gates
      .filter(({ gate }) => gate === 'commit')
      .flatMap(({ waiting, opened }) => waiting.map(({ xid }) => [xid, opened?.seq] as const)),
  )
  let owed = 0
  let again = 0
  let held = 0
  for (const { tx, records, mark } of view.expectedEvents()) {
    const first = records[0]?.record.seq
    if (first === undefined) continue
    if (between(tx.event.seq, first)) owed++
    const later = Math.max(records.at(-1)?.record.seq ?? first, mark?.seq ?? first)
    if (between(first, later)) again++
    if (tx.event.seq > (waited.get(tx.event.xid) ?? Number.POSITIVE_INFINITY)) held++
  }
  return { owed, again, held }
}
