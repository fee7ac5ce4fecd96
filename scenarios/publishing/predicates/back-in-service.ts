import { counterexample, held, more, stalled } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { factsOf } from '../../../proof/history/recorded-fact.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/**
 * OA10. What was killed or told to end is ready again after it was started again.
 *
 * What can violate it: a lock file, a lease or a half-written row that a start trips over; a migration that runs once only.
 * How it is seen: the declared readiness of each instance, for as long as `startWithin` gives it.
 */
export const backInService = predicate({
  id: 'OA10',
  title: 'back in service',
  promise: 'A service or a relay that was killed is ready again when it is started again.',
  formal:
    'every instance that is started again after a fault answers its declared readiness within `startWithin`',
  controls: ['P1'],
  violations: { 'never-back': {} },
  check(view) {
    const gone = factsOf(view.events, 'service.gone')
    const [first] = gone
    if (first === undefined) return held(this.id, restartsIn(view).length)
    const says = `${first.subject} was started again and did not become ready: ${first.value}${more(gone.length)}`
    const before = view.events.findLast(({ kind, seq }) => kind === 'fault.injected' && seq < first.seq)
    return stalled(this.id, 'never-back', counterexample(says, [before?.seq, first.seq], {}, 'C'))
  },
  mutation: {
    says: 'let one that was started again not become ready',
    applies: (view) => restartsIn(view).length > 0,
    apply(view) {
      const back = restartsIn(view).at(-1)
      if (back === undefined) return undefined
      const subject = `${back.service}#${back.instance}`
      const { seq, at, scenario } = back
      const fact = { kind: 'fact', name: 'service.gone', subject, value: 'it was not ready' } as const
      return mutated(view.events, { replaced: [{ ...fact, seq, at, scenario }] })
    },
  },
})

/** Instances that became ready, and not for the first time. */
function restartsIn({ events }: PublisherView): EventOf<'proc'>[] {
  const known = new Set<string>()
  return events.filter((event): event is EventOf<'proc'> => {
    if (event.kind !== 'proc' || event.event !== 'ready') return false
    const instance = `${event.service}#${event.instance}`
    const again = known.has(instance)
    known.add(instance)
    return again
  })
}
