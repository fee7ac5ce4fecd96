import { type Guard, metUnless } from '../../../proof/guards/guard.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** What lets a call be attributed, for a user whose calls are not. */
const DECLARE =
  "let each call pass on the event's traceparent, or its amount, or declare calls.event: the header or the JSON path in which it carries the event's id, trace or amount"

/**
 * Where calls are declared some of them are known to be an event's: else nothing tells whether repeated calls carry one
 * key, and failures that were meant for an event's calls met none.
 */
export const attributedCalls: Guard<ConsumerView> = {
  id: 'attributed-calls',
  title: 'calls to the outside are known to be about events',
  otherwise: 'INCONCLUSIVE',
  look({ view }) {
    if (view.plan.consumer.calls === undefined) return { met: true, evidence: 'no calls are declared' }
    const all = view.attempts.calls.length
    const known = view.consumed.reduce((sum, { calls }) => sum + calls.length, 0)
    const handled = view.consumed.some(({ effects }) => effects.length > 0)
    const missing =
      all > 0
        ? `none of ${all} calls to the outside can be attributed to an event: ${DECLARE}`
        : 'calls are declared, and nothing called {stub.url}: give the service that address in its env, or declare no calls'
    return metUnless(known > 0 || !handled ? [] : [missing], `${known} of ${all} calls are an event's`)
  },
}
