import { milliseconds } from '../../core/duration.ts'
import type { ConsumerConfig } from './config.ts'
import type { ConsumerPlan } from './plan.ts'
import { LATE } from './view/retry-wait.ts'

/**
 * How long an event may wait because of another one, or of a change of the group around it. The reference waits up to
 * 1.3 s on two busy cores and up to 2.8 s on overloaded ones; whoever waits for declared retries in place waits for
 * their delays, 7 s by the guide.
 */
const HEAD_OF_LINE = '5s'

/** Clients are left for dead after 45 s by default (30 s by some), and their partitions wait for that; then 30 s more. */
const RECOVERY = '75s'

/** Within which times a consumer is held to what it declares, and what makes a load. */
export function consumerBounds(
  {
    recoverWithin = RECOVERY,
    headOfLine = HEAD_OF_LINE,
  }: Pick<ConsumerConfig, 'recoverWithin' | 'headOfLine'>,
  load: { readonly events: number; readonly keys: number },
): ConsumerPlan['bounds'] {
  return {
    recovery: milliseconds(recoverWithin),
    headOfLine: milliseconds(headOfLine),
    late: LATE,
    ...load,
  }
}
