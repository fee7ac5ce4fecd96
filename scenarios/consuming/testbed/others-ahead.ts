import type { EventOf } from '../../../proof/history/event.ts'
import type { Patience } from '../../testbed/patience.ts'
import { commitDelay } from '../view/commit-delay.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import type { Outcomes } from './outcomes.ts'

type Input = EventOf<'input'>

/** A consumer as the harness sees it, and how long it is waited for. */
interface Watched {
  readonly view: ConsumerView
  readonly outcomes: Outcomes
  readonly patience: Patience
}

/** Milliseconds in which a consumer that works on several events at once has got on with one of another key. */
const PARALLEL = 300
/** Bounds of the wait for a commit, in milliseconds. */
const LEAST = 300
const MOST = 1_500

/**
 * While an event stands at the gate others behind it on its partition take effect, and the group commits: as far as it
 * may, or too far, which shows only then. So it is waited for a commit past the event, for twice as long as commits took
 * before anything was hurt. A consumer of one event after the other gets on with none, and is not waited for.
 * @param held the event at the gate @param others events of other keys behind it
 */
export async function othersAhead(
  { view, outcomes, patience }: Watched,
  held: Input,
  others: readonly Input[],
): Promise<void> {
  const ahead = () => others.some((other) => outcomes.effectOf(other) !== undefined)
  const parallel = await patience.within('an event behind the one at the gate to take effect', ahead, {
    deadline: PARALLEL,
    every: 10,
  })
  if (!parallel) return
  const deadline = Math.round(Math.min(MOST, Math.max(LEAST, 2 * commitDelay(view))))
  const past = () => outcomes.committedPast(held)
  await patience.within('the group to commit past the event at the gate', past, { deadline, every: 10 })
}
