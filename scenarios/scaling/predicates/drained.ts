import { counterexample, held, more, unknown, violated } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { mutated } from '../../../proof/mutation.ts'
import { effectAgain } from '../mutations/effects.ts'
import { predicate } from '../predicate.ts'
import type { Work } from '../view/scaled-work.ts'
import type { ScalingView } from '../view/scaling-view.ts'
import { passedBy, unexplained } from './nothing-missed.ts'

/**
 * SZ6. Pods come and go, and each event takes effect exactly once: a pod that is told to stop finishes what it
 * began, or leaves it to the next one.
 *
 * What can violate it: an offset that is committed before its effect, work that is given up at SIGTERM and never
 * taken up again, a redelivered event that nobody recognises.
 * How it is seen: effects by event, as IC1 reads them: a row that is written over with the same is no second one. None:
 * only where the group is past the event (see SZ3, which judges what was published at zero).
 */
export const drained = predicate({
  id: 'SZ6',
  title: 'drain',
  claim: 'every event takes effect once, whatever pods stop',
  promise: 'Pods that are stopped lose nothing, and nothing is done twice.',
  formal: 'whatever pods are stopped, each event takes effect exactly once',
  controls: ['O1'],
  violations: {
    'drain-loss': {},
  },
  check(view) {
    const works = view.work.all.filter(({ input }) => input.expect === 'effect')
    const twice = works.filter(({ times }) => times > 1)
    if (twice[0] !== undefined) {
      const { effects, times } = twice[0]
      const xids = effects.map(({ xid }) => xid).join(' and ')
      const says = `took effect ${times} times, by transaction ${xids}`
      return loss(twice[0], `${says}${more(twice.length)}`, effects, effects.at(-1)?.seq ?? 0, view)
    }
    const asleep = new Set(view.publishedAtZero().map(({ work }) => work))
    const missing = works.filter((work) => !work.done && !asleep.has(work))
    const unsure = missing.length > 0 ? unexplained(view) : undefined
    if (unsure !== undefined) return unknown(this.id, unsure)
    for (const work of missing) {
      const done = view.work.doneWith(work) ?? passedBy(work, view)
      if (done === undefined) continue
      return loss(
        work,
        `has no effect, and the group is past it${more(missing.length)}`,
        [done],
        view.lastSeq,
        view,
      )
    }
    if (missing.length === 0) return held(this.id, works.length)
    return unknown(
      this.id,
      `${missing.length} events have no effect yet, and nothing says that they were passed: raise recoverWithin of its consumer where it only needs longer`,
    )
  },
  /** An event takes effect once more in the end. */
  mutation: {
    says: 'let an event take effect twice',
    applies: (view) => view.work.all.some(({ effects }) => effects.length > 0),
    apply(view) {
      const work = view.work.all.find(({ effects, input }) => effects.length > 0 && input.expect === 'effect')
      const again = work && effectAgain(work, view, { seq: view.lastSeq, at: view.lastAt })
      return again && mutated(view.events, { added: [again] })
    },
  },
})

function loss(work: Work, what: string, shown: readonly { seq: number }[], until: number, view: ScalingView) {
  const { input, event } = work
  const stopped = stop(input.seq, until, view)
  const by =
    stopped === undefined
      ? ''
      : `; ${stopped.service} was ${stopped.event}${stopped.signal ? ` (${stopped.signal})` : ''} meanwhile`
  const says = `event ${event} of ${input.key} ${what}${by}`
  const seqs = [input.seq, stopped?.seq, ...shown.slice(0, 4).map(({ seq }) => seq)]
  return violated('SZ6', 'drain-loss', counterexample(says, seqs, { eventId: event, key: input.key }))
}

/** The last pod that ended between two moments. */
function stop(from: number, to: number, view: ScalingView): EventOf<'proc'> | undefined {
  return view.processes.findLast(
    ({ seq, event }) =>
      seq > from && seq <= to && (event === 'killed' || event === 'exited' || event === 'ended'),
  )
}
