import { type Guard, isControlRun, metUnless } from '../../../proof/guards/guard.ts'
import type { Gate, InjectedFault } from '../../../proof/history/disturbances.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** From the moment on which it was done to the moment on which it was undone. */
interface Span {
  readonly what: string
  readonly to: number | undefined
}

/**
 * Guard 3: the way back ran. After each fault something came on the log, and at least once the way back had something
 * to do: an event that was owed when the fault was cleared, one that was sent or marked again, a commit that had waited
 * at a gate, a transaction that was rolled back. Where events can never be published nothing has to come back.
 */
export const recovery: Guard<PublisherView> = {
  id: 'recovery',
  title: 'the recovery path ran',
  otherwise: 'VACUOUS',
  look(evidence) {
    if (isControlRun(evidence)) return { met: true, evidence: 'a control run: nothing to recover from' }
    const { view } = evidence
    const { faults, gates, restarts } = view.disturbances
    const spans: Span[] = [...faults.map(faultSpan), ...gates.map(gateSpan)]
    if (spans.length === 0) return { met: false, evidence: 'no fault was there to recover from' }
    const last = view
      .expectedEvents()
      .reduce((latest, { records }) => Math.max(latest, records[0]?.record.seq ?? 0), 0)
    const missing = spans
      .filter(({ to }) => to === undefined || last < to)
      .map(({ what }) => `nothing was published after ${what} was cleared`)
    const { owed, again, held } = workOfRecovery(spans, view)
    const rolledBack = view.aborted.size
    if (owed + again + held + rolledBack === 0 && faults.every(({ lasting }) => !lasting))
      missing.push('nothing was owed, sent again or rolled back when a fault was cleared')
    return metUnless(
      [...new Set(missing)],
      `published after each of ${spans.length} faults; then ${owed} events were owed, ${again} sent or marked again, ${held} commits had waited, ${rolledBack} were rolled back; ${restarts.length} restarts`,
    )
  },
}

function faultSpan({ name, target, armed, cleared, lasting }: InjectedFault): Span {
  return { what: `${name} on ${target}`, to: lasting ? (cleared ?? armed).seq : cleared?.seq }
}

function gateSpan({ gate, key, opened }: Gate): Span {
  return { what: `the ${gate} gate of ${key}`, to: opened?.seq }
}

/** Events, each once, that were owed when a fault was cleared, that were dealt with again after it, that had waited at a gate. */
function workOfRecovery(spans: readonly Span[], view: PublisherView) {
  const clears = spans.flatMap(({ to }) => to ?? [])
  const between = (from: number, to: number) => clears.some((clear) => clear > from && clear < to)
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
