import { counterexample, more, violated } from '../../../proof/findings.ts'
import { factsOf } from '../../../proof/history/recorded-fact.ts'
import { isCalled } from '../../../proof/history/table-name.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { Completions } from './completion.ts'
import { deliverySeqs, eventName, eventSubject } from './naming.ts'

/**
 * A service that drops its tables and makes them anew when it starts takes what it had done with it. What is delivered
 * again afterwards may take effect again; what the group has committed past will not.
 */
export function droppedEffects(view: ConsumerView) {
  const { table } = view.plan.consumer.effects
  const isEffects = isCalled(table)
  const made = factsOf(view.facts, 'table.made').findLast(
    ({ subject, value }) => value === 'anew' && isEffects(subject),
  )
  if (made === undefined) return undefined
  const completions = new Completions(view)
  const gone = view.consumed.flatMap((event) => {
    const standing = view.standing(event)
    if (standing.length === 0 || standing.some(({ tx }) => tx.seq > made.seq)) return []
    const completion = completions.of(event)
    return completion === undefined ? [] : [{ event, effect: standing[0], completion }]
  })
  const [first] = gone
  if (first === undefined) return undefined
  const { event, effect, completion } = first
  const says = `the effect of ${eventName(event)} went with table '${table}', which was dropped and made anew, and ${completion.says}${more(gone.length)}`
  const seqs = [...deliverySeqs(event), effect?.tx.seq, made.seq, ...completion.events]
  return violated('IC1', 'lost-effect', counterexample(says, seqs, eventSubject(event), completion.grade))
}
