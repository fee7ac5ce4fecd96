import type { ProducerView } from '../predicates/predicate.ts'
import { untoldWork } from '../predicates/right-parents.ts'
import type { Patience } from './patience.ts'
import { isAboutTraces } from './span-endpoints.ts'

/** Milliseconds that an exporter may wait until spans have come together, and some more. */
const TOGETHER = 10_000

/** Waits until a span tells of all that was done, where that is declared. What is missing then is for the judge to name. */
export async function allTold(patience: Patience, view: ProducerView): Promise<void> {
  if (!isAboutTraces(view.plan) || view.traces?.told === undefined) return
  const missing = () => (view.traces ? untoldWork(view.traces).length : 0)
  await patience.within('spans of all that was done', () => missing() === 0, {
    deadline: TOGETHER,
    every: 200,
  })
}
