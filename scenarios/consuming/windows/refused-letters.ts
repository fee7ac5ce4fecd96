import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import type { Trial } from '../../../proof/window.ts'
import type { ConsumerTestbed } from '../testbed/consumer-testbed.ts'
import type { Input } from '../testbed/inputs.ts'
import { failedAttempts, failingInputs } from './failed-attempts.ts'
import { letDownBy } from './failing-input.ts'

/** Milliseconds: longer than it takes to commit an offset, so that one that goes past the event is seen. */
const HELD = 1_500

/** How an event fails for good. */
export const rejected = (testbed: ConsumerTestbed) => ({
  failures: -1,
  retriable: false,
  by: letDownBy(testbed, testbed.trial),
})

/** Waits until an event that failed has come to nothing on this topic, and then a while. @throws {DeadlinePassed} */
export async function refused(testbed: ConsumerTestbed, input: Input, topic: string): Promise<void> {
  const { patience, history } = testbed
  const failed = () => failedAttempts(history.events, input).length > 0
  await patience.until(`a failed attempt at event ${input.event}`, failed)
  const tookEffect = () => refusalAfter(history.events, testbed.trialBegan, input) !== undefined
  await patience.until(`a record for ${topic}`, tookEffect)
  await patience.hold(HELD)
}

/**
 * A producer's request that was hit after the event had failed. Others ask for the topic, too: who minds dead letters
 * reads it, and is refused at any time.
 */
function refusalAfter(events: readonly HistoryEvent[], since: number, input: Input) {
  const [failed] = failedAttempts(events, input)
  const producing = new Set(events.flatMap((event) => (event.kind === 'k.client' ? [event.clientId] : [])))
  const members = new Set(
    events.flatMap((event) =>
      event.kind === 'k.asked' && event.group !== undefined ? [event.clientId] : [],
    ),
  )
  const isProducer = (by: string | undefined) => by === undefined || producing.has(by) || !members.has(by)
  return (
    failed &&
    events.find(
      (event): event is EventOf<'fault.took-effect'> =>
        event.kind === 'fault.took-effect' &&
        event.fault === 'wire' &&
        event.seq > Math.max(since, failed.seq) &&
        isProducer(event.by),
    )
  )
}

/** That an event had failed and had nowhere else to go while the broker refused its records. */
export function whileRefused(trial: Trial, says: string) {
  const [input] = failingInputs(trial)
  const healed = trial.first('fault.healed', ({ fault }) => fault === 'wire')
  if (!input || !healed) return undefined
  const [failed] = failedAttempts(trial.events, input)
  const fault = refusalAfter(trial.history, trial.events[0]?.seq ?? 0, input)
  if (!failed || !fault || healed.seq < fault.seq) return undefined
  return {
    grade: 'A' as const,
    says: `the broker ${says} for ${((healed.at - fault.at) / 1000).toFixed(1)} s while the event at offset ${input.offset} had nowhere else to go`,
    events: [input.seq, failed.seq, fault.seq, healed.seq],
  }
}
