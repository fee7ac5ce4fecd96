import type { Finding } from '../../../proof/finding.ts'
import { counterexample, more, stalled, unknown, violated } from '../../../proof/findings.ts'
import { type ConsumedEvent, keyOf } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { Completions } from './completion.ts'
import { clockErrorOf, deliverySeqs, eventName, eventSubject, secondsGive } from './naming.ts'

/** Outputs of effects that were committed later, where their key tells nothing: so many make it evidence. */
const OTHERS = 3

/**
 * Effects without an output, when all faults have been over for the declared time.
 *
 * Why "absent" means lost and not late: the group is through with the event, and outputs of effects that were committed
 * after its own came after all faults: a later one of its key, else three. Without it: `stalled-output`.
 * @returns undefined where each effect has its output
 */
export function absentOutputs(view: ConsumerView): Finding | undefined {
  const owed = view.consumed.filter((event) => event.outputs.length === 0 && view.standing(event).length > 0)
  if (owed.length === 0) return undefined
  const { topics, plan } = view
  if (topics.uncaused.length > 0)
    return unknown(
      'IC6',
      `${topics.uncaused.length} outputs don't name the event that caused them: let outputs.cause be where they say its id`,
    )
  const bound = plan.consumer.outputs?.within ?? plan.bounds.recovery
  const overdue = owed.filter((event) => view.lastAt - sinceOf(event, view) >= bound)
  const [late] = overdue
  if (late === undefined || view.disturbances.stillActive)
    return unknown(
      'IC6',
      `${owed.length} effects have no output, and the history ends before their bound: let the run come to its end`,
    )
  const completions = new Completions(view)
  const later = new LaterOutputs(view)
  for (const event of overdue) {
    const passed = later.than(event)
    const completion = completions.of(event)
    if (passed.length === 0 || completion === undefined) continue
    const says = `${eventName(event)} took effect in transaction ${effectOf(event, view)?.xid} and has no output${more(overdue.length)}; ${completion.says}, and effects that were committed later have theirs`
    const seqs = [
      effectOf(event, view)?.seq,
      ...completion.events,
      ...passed,
      ...topics.main.endSeqs.slice(-1),
    ]
    return violated('IC6', 'lost-output', counterexample(says, seqs, eventSubject(event), 'C'))
  }
  const says = `${eventName(late)} took effect and has no output ${secondsGive(bound, clockErrorOf(view, view.lastAt))} after all faults${more(overdue.length)}; nothing says that it is lost`
  const seqs = [...deliverySeqs(late), effectOf(late, view)?.seq, view.events.at(-1)?.seq]
  return stalled('IC6', 'stalled-output', counterexample(says, seqs, eventSubject(late), 'C'))
}

/** Outputs that came after all faults, by the commits of their effects. */
class LaterOutputs {
  readonly #view: ConsumerView
  /** The newest commits first. */
  readonly #answered: readonly {
    readonly lsn: number
    readonly key: string | undefined
    readonly seq: number
  }[]

  constructor(view: ConsumerView) {
    const cleared = view.disturbances.allHealed?.seq ?? 0
    this.#view = view
    this.#answered = view.consumed
      .flatMap((event) => {
        const seq = event.outputs[0]?.visibleFrom ?? 0
        const lsn = effectOf(event, view)?.commitLsn
        return lsn === undefined || seq <= cleared ? [] : [{ lsn, key: keyOf(event), seq }]
      })
      .sort((a, b) => b.lsn - a.lsn)
  }

  /** `seq` of one of its key, else of three; none where they don't suffice, or the log was not read since. */
  than(event: ConsumedEvent): readonly number[] {
    const lsn = effectOf(event, this.#view)?.commitLsn ?? Number.POSITIVE_INFINITY
    const key = keyOf(event)
    const same = this.#answered.find((output) => output.key === key)
    const others = this.#answered.slice(0, OTHERS).filter((output) => output.lsn > lsn)
    const found = same !== undefined && same.lsn > lsn ? [same] : others.length === OTHERS ? others : []
    const seqs = found.map(({ seq }) => seq)
    return this.#view.topics.readSince(Math.max(0, ...seqs)) ? seqs : []
  }
}

function effectOf(event: ConsumedEvent, view: ConsumerView) {
  return view.standing(event)[0]?.tx
}

function sinceOf(event: ConsumedEvent, view: ConsumerView): number {
  return Math.max(effectOf(event, view)?.at ?? 0, view.disturbances.allHealed?.at ?? 0)
}
