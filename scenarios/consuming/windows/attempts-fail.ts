import { REFUSED_ALERTS } from '../../../faults/testbed-faults.ts'
import type { RetryDeclaration } from '../plan.ts'
import type { ConsumerTestbed } from '../testbed/consumer-testbed.ts'
import type { Input } from '../testbed/inputs.ts'
import { window } from '../window.ts'
import { failedAttempts, failingInputs, isUnreadable } from './failed-attempts.ts'
import { endFailures, type Failing, letDownBy, putFailing, putUnreadable } from './failing-input.ts'

/** Milliseconds beside the declared delays until the last attempt has ended. */
const BESIDE = 5_000

/**
 * W19: attempts at events fail: a few times, always, in a way that no other attempt would help; and some can't be read.
 *
 * All of them wait at the same time, among events that nothing is wrong with: one trial, in which each case occurs as
 * often as other windows have trials. The first alerts are refused: somebody is told only where they come again.
 */
export const attemptsFail = window({
  id: 'W19',
  phrase: 'attempts at events fail',
  title: 'attempts fail: a few times, always, for good',
  held: 'the stub for outside calls answers 503 or 422, the database says 40001 or 23514; values cut in half',
  shown: 'each failed attempt was counted',
  needs: { capabilities: ['create-trigger'] },
  faults: ['failures', 'poison'],
  once: true,
  async enter(testbed) {
    const { retry } = testbed.consumer
    if (retry === undefined) return
    await refuseAlerts(testbed)
    const cases = casesOf(retry)
    // In place every case waits for those before it on its partition.
    const rounds = retry.topics.length === 0 ? testbed.plan.marked.slice(0, 1) : testbed.plan.marked
    const inputs: Input[] = []
    for (const [round, marked] of rounds.entries()) {
      for (const [number, failing] of cases.entries()) {
        const key = `${marked}-${number + 1}`
        const by = letDownBy(testbed, round)
        inputs.push(await among(testbed, key, () => putFailing(testbed, key, { ...failing, by })))
      }
      const key = `${marked}-unreadable`
      inputs.push(await among(testbed, key, () => putUnreadable(testbed, key)))
    }
    await ended(testbed, inputs, longest(retry) + BESIDE)
  },
  entered(trial) {
    const inputs = failingInputs(trial)
    const counted = inputs
      .filter((input) => !isUnreadable(input))
      .map((input) => failedAttempts(trial.events, input))
    const failed = counted.flat()
    const [first] = failed
    if (!inputs.some(isUnreadable) || !first || counted.some(({ length }) => length === 0)) return undefined
    return {
      grade: 'A',
      says: `${failed.length} attempts at ${counted.length} events failed and were counted, ${inputs.length - counted.length} events could not be read`,
      events: [...inputs.map(({ seq }) => seq), ...failed.map(({ seq }) => seq)],
    }
  },
  async release(testbed) {
    await endFailures(testbed)
    await takeAlerts(testbed)
  },
})

/** Whoever tells somebody of a dead letter is refused at first: an alert that fails must come again. */
const REFUSED = 2

async function refuseAlerts({ faults, parts, history }: ConsumerTestbed): Promise<void> {
  if (!parts.view.expectsAlerts) return
  await faults.inject(REFUSED_ALERTS, 'alerts', `the first ${REFUSED} alerts are answered 503`, async () => {
    const took = { kind: 'fault.took-effect', fault: REFUSED_ALERTS.name, target: 'alerts' } as const
    parts.stub.refuseAlerts(REFUSED, () => history.record({ ...took, evidence: 'an alert was answered 503' }))
    return undefined
  })
}

async function takeAlerts({ faults, parts }: ConsumerTestbed): Promise<void> {
  if (!parts.view.expectsAlerts) return
  await faults.heal(REFUSED_ALERTS.name, 'alerts', async () => {
    parts.stub.takeAlerts()
    return true
  })
}

/** Fails once, twice, … and then succeeds; always fails; is rejected for good. */
function casesOf({ attempts }: Pick<RetryDeclaration, 'attempts'>): readonly Omit<Failing, 'by'>[] {
  return [
    ...Array.from({ length: attempts - 1 }, (_, n) => ({ failures: n + 1, retriable: true })),
    { failures: -1, retriable: true },
    { failures: -1, retriable: false },
  ]
}

/** Milliseconds that the longest way through all retries takes; where they are made in place, all ways after each other. */
function longest({ attempts, delays, topics }: RetryDeclaration): number {
  const upTo = (attempt: number) => delays.slice(0, attempt).reduce((sum, delay) => sum + delay, 0)
  if (topics.length > 0) return upTo(attempts)
  return casesOf({ attempts }).reduce(
    (sum, { failures, retriable }) => sum + (retriable ? upTo(failures < 0 ? attempts : failures) : 0),
    0,
  )
}

/** Between two good events of its key. */
async function among(testbed: ConsumerTestbed, key: string, put: () => Promise<Input>): Promise<Input> {
  const { inputs } = testbed.parts
  await inputs.put(inputs.prepare(key))
  const input = await put()
  await inputs.put(inputs.prepare(key))
  return input
}

/**
 * Waits until each of these has taken effect or is a dead letter, whichever it must; of one that was to fail and did not,
 * either. @throws {DeadlinePassed}
 */
async function ended(testbed: ConsumerTestbed, inputs: readonly Input[], deadline: number): Promise<void> {
  const isOpen = (input: Input) => testbed.outcomes.endOf(input) === undefined
  const what = `an end of all ${inputs.length} events that fail`
  const seen = () => `${inputs.filter(isOpen).length} of them have none`
  await testbed.patience.until(what, () => !inputs.some(isOpen), { seen, deadline, every: 50 })
}
