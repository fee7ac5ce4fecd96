import { FAILURES } from '../../../faults/testbed-faults.ts'
import { TRY_AGAIN } from '../refusal.ts'
import { window } from '../window.ts'
import { failedAttempts } from './failed-attempts.ts'
import { markedInput } from './marked-input.ts'

/** Milliseconds: longer than attempts that follow each other closely last, ten of them and their pauses. */
const HOLD = 8_000

/**
 * W19b: the database refuses the effect of one event for a while, whatever the consumer has declared of retries.
 *
 * A consumer that declares none owes each event its effect: one that gives up after attempts of its own loses it.
 */
export const refusedForAWhile = window({
  id: 'W19b',
  phrase: 'attempts at an event fail for a while',
  title: 'attempts at an event fail for a while',
  held: `every effect of the event is refused for ${HOLD / 1000} s (SQLSTATE ${TRY_AGAIN})`,
  shown: 'attempts at it failed, and then none was refused any more',
  needs: { capabilities: ['create-trigger'] },
  faults: ['failures'],
  async enter(testbed) {
    const { attempts, inputs, commits } = testbed.parts
    const off = testbed.faults.disarmed('failures')
    const input = inputs.prepare(testbed.markedKey, off ? {} : { failures: -1, expect: 'effect' })
    const name = testbed.effectKey(input)
    await testbed.faults.inject(FAILURES, input.id, `${TRY_AGAIN} to every attempt for a while`, async () => {
      await attempts.spoil(name, { failures: -1, sqlstate: TRY_AGAIN })
      await inputs.put(input)
      await testbed.hold(HOLD)
      await commits.fence()
      const failed = failedAttempts(testbed.history.events, { event: input.id, amount: input.amount })
      return failed.length === 0 ? undefined : `${failed.length} attempts failed: its effect was refused`
    })
    if (off) await inputs.put(input)
  },
  entered(trial) {
    const input = markedInput(trial)
    const failed = input ? failedAttempts(trial.events, input) : []
    const healed = trial.first('fault.healed', ({ fault }) => fault === 'failures')
    const [first] = failed
    if (!input || !first || !healed || failed.some(({ seq }) => seq > healed.seq)) return undefined
    return {
      grade: 'A',
      says: `${failed.length} attempts at event ${input.event} failed, and then the database took its effect again`,
      events: [input.seq, first.seq, healed.seq],
    }
  },
  async release(testbed) {
    const input = testbed.history.all('input').findLast(({ key }) => key === testbed.markedKey)
    if (!input) return
    const { attempts, commits } = testbed.parts
    await testbed.faults.heal(FAILURES.name, input.event, async () => {
      await attempts.mend(testbed.effectKey({ id: input.event, key: input.key, amount: input.amount }))
      // A failure from before may be seen late: what is seen from here on came after.
      await commits.fence()
      return true
    })
  },
})
