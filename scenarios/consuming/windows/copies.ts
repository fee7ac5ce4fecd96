import type { EventOf } from '../../../proof/history/event.ts'
import type { Entry, Trial } from '../../../proof/window.ts'
import type { ConsumerTestbed } from '../testbed/consumer-testbed.ts'
import type { Input, Intent, PreparedInput } from '../testbed/inputs.ts'
import { commitPast, consumerOf, effectsOf } from './marked-input.ts'

/** A record that is put on the topic although its event, or one that looks like it, is there already. */
export interface Copy {
  readonly of: PreparedInput
  readonly partition?: number | undefined
}

/** Puts copies on the topic; the offsets that they got are the evidence. @returns nothing where copies are switched off */
export async function putCopies(
  testbed: ConsumerTestbed,
  ...copies: readonly Copy[]
): Promise<readonly Input[]> {
  const put: Input[] = []
  await testbed.faults.inject(
    'copies',
    testbed.markedKey,
    'the harness puts copies on the topic',
    async () => {
      for (const { of, partition } of copies) put.push(await testbed.parts.inputs.put(of, partition))
      return put
        .map(({ event, partition, offset }) => `event ${event} lies at ${partition}/${offset}`)
        .join(', ')
    },
  )
  return put
}

/** Resolves when the group is done with all of these records, whatever it did with them. @throws {DeadlinePassed} */
export async function handled(testbed: ConsumerTestbed, ...inputs: readonly Input[]): Promise<void> {
  for (const input of inputs) {
    if (testbed.consumer.progress === 'kafka') await testbed.committedPast(input, testbed.reach)
    else await readBeyond(testbed, input)
  }
}

/** Puts an event on the topic, and another one that is like it in some way when the group is done with the first. */
export async function putAlike(
  testbed: ConsumerTestbed,
  alike: (first: PreparedInput) => Intent,
): Promise<void> {
  const first = testbed.prepare()
  await handled(testbed, await testbed.parts.inputs.put(first))
  await handled(testbed, ...(await putCopies(testbed, { of: testbed.prepare(alike(first)) })))
}

/** Where nobody sees how far a consumer is: an event that we put behind this one takes effect, so that this one was read. */
async function readBeyond(testbed: ConsumerTestbed, { event, key, partition }: Input): Promise<void> {
  const { inputs } = testbed.parts
  const behind = await inputs.put(inputs.prepare(`${key}-behind-${partition}`), partition)
  const what = `an effect behind event ${event}`
  await testbed.patience.until(what, () => testbed.outcomes.effectOf(behind), { every: 20 })
}

/** What was put there stays there; the fault has done its work. */
export function copiesDone(testbed: ConsumerTestbed): Promise<void> {
  return testbed.faults.heal('copies', testbed.markedKey, async () => true)
}

function isBehind(one: Input, { topic, partition, offset }: Input): boolean {
  return one.topic === topic && one.partition === partition && one.offset > offset
}

/**
 * That the group is done with records of which the later ones look like the first: it has committed past each, or, where
 * it keeps its progress elsewhere, an event behind each took effect. Only then does it mean something that the effect is
 * there once.
 */
export function copiesHandled(
  trial: Trial,
  inputs: readonly EventOf<'input'>[],
  how: string,
): Entry | undefined {
  const own = consumerOf(trial)?.progress === 'own'
  const past = inputs.map((input) => (own ? effectBehind(trial, input) : commitPast(trial, input)))
  if (inputs.length < 2 || past.includes(undefined)) return undefined
  const [first] = inputs
  const places = inputs.map(({ partition, offset }) => `${partition}/${offset}`).join(' and ')
  const done = own ? 'an event behind each took effect' : 'the group has committed past each'
  return {
    // Work may go on beside what lies before it: that is no proof of an order.
    grade: own ? 'B' : 'A',
    says: `event ${first?.event} lies at ${places}, ${how}; ${done}`,
    events: [...inputs.map(({ seq }) => seq), ...past.flatMap((event) => event?.seq ?? [])],
  }
}

/** An effect of the first event behind a record that has one. */
function effectBehind(trial: Trial, input: Input): EventOf<'pg.tx'> | undefined {
  for (const event of trial.history) {
    const [effect] = event.kind === 'input' && isBehind(event, input) ? effectsOf(trial, event) : []
    if (effect !== undefined) return effect
  }
  return undefined
}
