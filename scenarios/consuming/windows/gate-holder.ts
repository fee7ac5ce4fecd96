import { DeadlinePassed, until } from '../../../core/until.ts'
import { ATTEMPT } from '../../../proof/history/attempt-messages.ts'
import type { Fact } from '../../../proof/history/recorded-fact.ts'
import { query } from '../../../proof/observers/query.ts'
import type { Trial } from '../../../proof/window.ts'
import type { RunningService } from '../../../stacks/stack.ts'
import { type Backend, ledBy } from '../../testbed/door.ts'
import { holderUnknown } from '../../testbed/holder-unknown.ts'
import type { ConsumerTestbed } from '../testbed/consumer-testbed.ts'
import type { Input } from '../testbed/inputs.ts'
import { inputName } from '../view/effect-name.ts'

/** Milliseconds that the one who took over has to come to the same event. */
const BESIDE = 10_000

/**
 * The instance that stands at the effect gate, by the door through which its session came.
 * @throws {HolderUnknown} when it came by another way
 */
export function holderOf(testbed: ConsumerTestbed): RunningService {
  const { waiting, consumer } = testbed
  const holder = ownerOf(testbed, waiting)
  if (holder) return holder
  throw holderUnknown(consumer.name, waiting)
}

function ownerOf({ parts }: ConsumerTestbed, backend: Backend | undefined): RunningService | undefined {
  return ledBy(parts.doors, parts.consumers, backend)
}

/**
 * Waits until somebody else has come to the event whose first backend stands at the gate: a backend of another instance
 * that waits for what that one has written, one more attempt or outside call, or the effect itself. Without it the window
 * is not entered: a successor that never touches the event meets no zombie.
 * @param tried attempts while only the first one can have made any: {@link triesSoFar}
 */
export async function reachedBeside(testbed: ConsumerTestbed, input: Input, tried: number): Promise<void> {
  const url = testbed.parts.database.url('host')
  const { history } = testbed
  const { pid = 0 } = testbed.waiting ?? {}
  const blocked = `SELECT pid, client_port AS port FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))`
  const holder = ownerOf(testbed, testbed.waiting)
  const otherThan = (backend: Backend) => {
    const owner = ownerOf(testbed, backend)
    return owner === holder ? undefined : owner
  }
  try {
    const value = await until(
      async () => {
        if (testbed.outcomes.effectOf(input)) return 'another effect'
        if (triesOf(testbed, input).length > tried) return 'another attempt'
        const rows = await query(url, blocked, [pid])
        const [other] = rows.flatMap(
          ({ pid, port }) => otherThan({ pid: Number(pid), clientPort: Number(port) }) ?? [],
        )
        return other && `${other.name}-${other.instance}`
      },
      {
        what: 'somebody else to come to the same event',
        deadline: Math.min(BESIDE, testbed.reach),
        every: 100,
      },
    )
    history.record({ kind: 'fact', name: 'effect.reached', subject: input.event, value })
  } catch (error) {
    if (!(error instanceof DeadlinePassed)) throw error
    history.record({ kind: 'note', text: 'nobody else was seen to come to the same event' })
  }
}

/** Attempts at an event, all of them seen: asked while its first backend stands at the gate. */
export async function triesSoFar(testbed: ConsumerTestbed, input: Input): Promise<number> {
  await testbed.parts.commits.fence()
  return triesOf(testbed, input).length
}

/** What was seen of attempts at an event so far, in the database and outside. */
function triesOf({ history, consumer }: ConsumerTestbed, input: Input) {
  const name = inputName(consumer, input)
  return [
    ...history.all('pg.message').filter(({ prefix, content }) => prefix === ATTEMPT.made && content === name),
    ...history
      .all('call')
      .filter(({ event, idempotencyKey }) => [event, idempotencyKey].includes(input.event)),
  ]
}

/** Who came to an event while its first backend stood at the gate. */
export function reachedIn(trial: Trial, { event }: Input): Fact<'effect.reached'> | undefined {
  const opened = trial.first('gate.opened', ({ gate }) => gate === 'effect')
  return trial
    .facts('effect.reached')
    .find(({ subject, seq }) => subject === event && seq < (opened?.seq ?? 0))
}

/** Whoever waits for the first backend may wait for something else that it wrote: grade B. */
export function gradeOf({ value }: Fact<'effect.reached'>): 'A' | 'B' {
  return /^another (effect|attempt)$/.test(value) ? 'A' : 'B'
}
