import type { EventOf } from '../../../proof/history/event.ts'
import type { Reading } from './replica-timeline.ts'
import type { ScalingView } from './scaling-view.ts'

/** KEDA scaled to zero earlier than its own cooldown allows after the last activity that it had reported itself. */
export interface BrokenCooldown {
  /** The ScaledObject, as KEDA had written that activity into its status. */
  readonly reported: EventOf<'k8s.object'>
  /** Milliseconds from that activity to the scale-in, at the most. */
  readonly after: number
}

/**
 * Whether a scale-in to zero is KEDA's own mistake, by KEDA's own words: `status.lastActiveTime` and `cooldownPeriod`
 * rule it out. It was seen where the scaler had just lost its broker: a poll that finds its cache closed reports
 * neither activity nor an error (KEDA 2.21, pkg/scaling/scale_handler.go, getScalerState: ErrCacheClosed), and the
 * executor compares the cooldown with the copy of the object that this poll began with (scaleToZeroOrIdle).
 *
 * The times of KEDA are those of the machine's clock. The commits of the database say how far that clock is from the
 * times of this history: the quickest one stands for the difference. A second is allowed for KEDA's rounding.
 */
export function brokenCooldown(fall: Reading, view: ScalingView): BrokenCooldown | undefined {
  const clock = wallClock(view)
  const reported = view.objects.findLast(
    ({ seq, resource, fields }) =>
      seq < fall.seq && resource === 'ScaledObject' && typeof fields.lastActiveTime === 'string',
  )
  if (clock === undefined || reported === undefined) return undefined
  const after = fall.at + clock - Date.parse(String(reported.fields.lastActiveTime))
  const { cooldownPeriod } = view.plan.scaling
  return after < 1000 * cooldownPeriod ? { reported, after } : undefined
}

/** What to add to a time of this history to get the time of day, in milliseconds; undefined where nothing tells. */
function wallClock({ events }: ScalingView): number | undefined {
  const differences = events.flatMap((event) =>
    event.kind === 'pg.tx' ? [event.committedAt - event.at] : [],
  )
  return differences.length === 0 ? undefined : differences.reduce((most, each) => Math.max(most, each))
}
