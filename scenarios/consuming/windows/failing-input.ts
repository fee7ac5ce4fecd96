import type { NamedFault } from '../../../faults/named-fault.ts'
import { FAILURES, POISON } from '../../../faults/testbed-faults.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { RetryDeclaration } from '../plan.ts'
import { TRY_AGAIN } from '../refusal.ts'
import type { ConsumerTestbed } from '../testbed/consumer-testbed.ts'
import type { Input, Intent, PreparedInput } from '../testbed/inputs.ts'
import { inputName } from '../view/effect-name.ts'
import { failedAttempts } from './failed-attempts.ts'

/** How the harness lets attempts at an event fail. */
export interface Failing {
  /** So many attempts fail, the next one succeeds; −1: all fail. */
  readonly failures: number
  /** Whether the failure looks as if another attempt could help. */
  readonly retriable: boolean
  /** Who lets it fail: what the service calls over HTTP, or its database. */
  readonly by: 'outside' | 'database'
}

/** HTTP statuses and SQLSTATEs: serialization_failure, check_violation. */
const SAYS = {
  outside: { again: 503, never: 422 },
  database: { again: TRY_AGAIN, never: '23514' },
} as const

/** Services that call outside are let down by both, in turn, where nothing else is declared. */
export function letDownBy({ consumer }: ConsumerTestbed, turn: number): Failing['by'] {
  const { calls, retry } = consumer
  const by = retry?.of ?? (calls === undefined ? ['database'] : ['calls', 'database'])
  return by[turn % by.length] === 'calls' ? 'outside' : 'database'
}

/** Puts an event whose attempts fail on the topic. With the fault switched off it is an event like any other. */
export async function putFailing(
  testbed: ConsumerTestbed,
  key: string,
  failing: Failing,
  change: (input: PreparedInput) => PreparedInput = (input) => input,
): Promise<Input> {
  const { failures } = failing
  const fault = faultOf(failing, testbed.consumer.retry)
  const input = change(
    testbed.parts.inputs.prepare(
      key,
      testbed.faults.disarmed(fault.name) ? {} : intentOf(failing, testbed.consumer.retry),
    ),
  )
  const says = saysOf(failing, testbed.consumer.retry)
  const effect = `${says} to ${failures < 0 ? 'every attempt' : `${failures} attempts`}`
  await testbed.faults.inject(fault, input.id, effect, async () => {
    if (typeof says === 'number')
      testbed.parts.stub.answer(input.id, { status: says, ...(failures < 0 ? {} : { times: failures }) })
    else await testbed.parts.attempts.spoil(testbed.effectKey(input), { failures, sqlstate: says })
    return undefined
  })
  return testbed.parts.inputs.put(input)
}

/** Puts an event on the topic that becomes a dead letter; then the cause of that is gone. @throws {DeadlinePassed} */
export async function putDeadLetter(
  testbed: ConsumerTestbed,
): Promise<{ readonly input: Input; readonly letter: EventOf<'k.record'> }> {
  const by = letDownBy(testbed, testbed.trial)
  const input = await putFailing(testbed, testbed.markedKey, { failures: -1, retriable: false, by })
  const what = `the dead letter of event ${input.event}`
  const letter = await testbed.patience.until(what, () => testbed.outcomes.deadLetterOf(input))
  await endFailures(testbed)
  await forgive(testbed, input)
  return { input, letter }
}

/** What makes an event unreadable. */
export interface Spoil {
  /** What is done to its value: "is cut off". */
  readonly done: string
  /** What is on the topic then: "half an event". */
  readonly left: string
  spoiled(body: string): string
}

export const CUT: Spoil = {
  done: 'its value is cut off',
  left: 'half an event',
  spoiled: (body) => body.slice(0, body.length / 2),
}

/** Puts an event on the topic that nobody can read. */
export async function putUnreadable(testbed: ConsumerTestbed, key: string, spoil = CUT): Promise<Input> {
  const { inputs } = testbed.parts
  const { done, left } = spoil
  if (testbed.faults.disarmed(POISON.name)) {
    const input = inputs.prepare(key)
    await testbed.faults.inject(POISON, input.id, done, async () => undefined)
    return inputs.put(input)
  }
  const input = inputs.prepare(key, { expect: 'dead-letter', retriable: false })
  const spoiled = { ...input, body: spoil.spoiled(input.body) }
  const put: Input[] = []
  await testbed.faults.inject(POISON, input.id, done, async () => {
    const placed = await inputs.put(spoiled)
    put.push(placed)
    return `${left} is at ${placed.topic}/${placed.partition}@${placed.offset}`
  })
  return put[0] ?? inputs.put(spoiled)
}

/**
 * Ends this trial's failures that were to end, and writes down what was counted of all of them. Those that were not to
 * end stay: an event that nobody can handle disturbs nobody who does his work well.
 */
export async function endFailures(testbed: ConsumerTestbed): Promise<void> {
  const { history, trialBegan, faults } = testbed
  // What the database says of failed attempts may be seen later than the records that they led to.
  await testbed.parts.commits.fence()
  for (const { fault, target, seq } of history.all('fault.injected')) {
    if (seq < trialBegan || (fault !== FAILURES.name && fault !== POISON.name)) continue
    const input = history.first('input', ({ event }) => event === target)
    const failed = input ? failedAttempts(history.events, input) : []
    const [first] = failed
    if (first) {
      const how =
        first.kind === 'call' ? `${first.stub} was answered ${first.status}` : 'its effect was refused'
      const evidence = `${failed.length} attempts failed: ${how}`
      history.record({ kind: 'fault.took-effect', fault, target, evidence })
    }
    if (fault === FAILURES.name && input) {
      await faults.heal(fault, target, async () => {
        await forgive(testbed, input)
        return true
      })
    }
  }
}

/** From now on attempts at this event succeed. */
async function forgive(testbed: ConsumerTestbed, input: Input): Promise<void> {
  testbed.parts.stub.release(input.event)
  await testbed.parts.attempts.mend(inputName(testbed.consumer, input))
}

/** What must not be tried again by the config's own words, where it has some. */
function saysOf({ by, retriable }: Failing, retry: RetryDeclaration | undefined): string | number {
  if (retriable) return SAYS[by].again
  const [declared] = retry?.never?.[by === 'outside' ? 'http' : 'sqlstate'] ?? []
  return declared ?? SAYS[by].never
}

/** What never ends is a property of the event; what ends is a fault that comes and goes. */
function faultOf(failing: Failing, retry: RetryDeclaration | undefined): NamedFault {
  return intentOf(failing, retry).expect === 'effect' ? FAILURES : POISON
}

function intentOf({ failures, retriable }: Failing, retry: RetryDeclaration | undefined): Intent {
  const survives = retriable && failures >= 0 && failures < (retry?.attempts ?? 1)
  return { failures, retriable, expect: survives ? 'effect' : 'dead-letter' }
}
