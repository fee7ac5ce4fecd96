import { until } from '../../../core/until.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { Trial } from '../../../proof/window.ts'
import { REDRIVEN_BY_SCHEDULE } from '../predicates/put-aside.ts'
import { window } from '../window.ts'
import { failingInputs } from './failed-attempts.ts'
import { endFailures, forgive, letDownBy, putFailing } from './failing-input.ts'
import { consumerOf } from './marked-input.ts'

/**
 * A dead letter is approved by hand when its cause is gone, and comes on its topic again.
 *
 * What the redrive service puts there is written down as a copy that must take effect, as if we had placed it.
 */
export const redriveApproved = window({
  id: 'redrive-approved',
  phrase: 'a dead letter is approved when its cause is gone',
  title: 'a dead letter is redriven after its cause is gone',
  held: 'an approval, sent until the event comes again',
  shown: 'a record of the event behind its dead letter',
  needs: { capabilities: ['create-trigger'], redrive: 'approved' },
  faults: ['poison'],
  async enter(testbed) {
    const { redrive, signal } = testbed.parts
    const by = letDownBy(testbed, testbed.trial)
    const input = await putFailing(testbed, testbed.markedKey, { failures: -1, retriable: false, by })
    const dead = () => testbed.outcomes.deadLetterOf(input)
    const what = `the dead letter of event ${input.event}`
    await until(dead, { what, deadline: testbed.reach, signal })
    await endFailures(testbed)
    await forgive(testbed, input)
    const again = () => testbed.history.first('k.record', isAgain(input))
    const approved = async () => again() ?? (await redrive?.approve(input.event).then(again))
    const { partition, offset } = await until(approved, {
      what: `event ${input.event} to come again`,
      deadline: testbed.reach,
      every: 100,
      signal,
    })
    const { seq: _, at: __, scenario: ___, ...placed } = input
    const copy = { ...placed, copy: 2, partition, offset, expect: 'effect', failures: 0 } as const
    testbed.history.record(copy)
  },
  entered(trial) {
    const [input, letter] = deadLetter(trial)
    const again = input && trial.first('k.record', isAgain(input))
    if (!input || !letter || !again || again.seq < letter.seq) return undefined
    return {
      grade: 'A',
      says: `the event at offset ${input.offset} was a dead letter at ${letter.partition}@${letter.offset} and came again at ${again.partition}@${again.offset}`,
      events: [input.seq, letter.seq, again.seq],
    }
  },
  release: async () => {},
})

/** A dead letter that is redriven again and again without success is put aside. */
export const redriveGivenUp = window({
  id: 'parking-lot',
  phrase: 'dead letters fail after every redrive',
  title: 'a dead letter that fails after every redrive is put aside',
  held: "the redrive service's own schedule",
  shown: 'as many dead letters of each event as redrives and one more, then one record on the parking lot',
  needs: { capabilities: ['create-trigger'], redrive: 'scheduled' },
  faults: ['poison'],
  once: true,
  async enter(testbed) {
    const { redrive, signal } = testbed.parts
    const [subject, value] = [redrive?.parkingLot ?? '', redrive?.after ?? 0]
    testbed.history.record({ kind: 'fact', name: REDRIVEN_BY_SCHEDULE, subject, value })
    const failing = { failures: -1, retriable: false, by: letDownBy(testbed, testbed.trial) }
    const inputs = await Promise.all(testbed.plan.marked.map((key) => putFailing(testbed, key, failing)))
    const parked = ({ key }: { readonly key: string }) =>
      testbed.history
        .all('k.record')
        .some((record) => record.topic === redrive?.parkingLot && record.key === key)
    await until(() => inputs.every(parked), {
      what: `${inputs.length} events on ${redrive?.parkingLot}`,
      seen: () => `${inputs.filter(parked).length} are there`,
      deadline: testbed.reach,
      every: 100,
      signal,
    })
  },
  entered(trial) {
    const fact = trial.first('fact', ({ name }) => name === REDRIVEN_BY_SCHEDULE)
    const { retry } = consumerOf(trial) ?? {}
    const inputs = failingInputs(trial)
    if (!fact || inputs.length === 0) return undefined
    const records = trial.events.filter((event): event is EventOf<'k.record'> => event.kind === 'k.record')
    const on = (topic: string | undefined, key: string) =>
      records.filter((record) => record.topic === topic && record.key === key)
    const wellParked = inputs.every(
      ({ key }) =>
        on(fact.subject, key).length === 1 && on(retry?.deadLetter, key).length === Number(fact.value) + 1,
    )
    if (!wellParked) return undefined
    const parked = inputs.flatMap(({ key }) => on(fact.subject, key))
    return {
      grade: 'A',
      says: `${inputs.length} events were dead letters ${Number(fact.value) + 1} times and were then put on ${fact.subject}`,
      events: [...inputs, ...parked].map(({ seq }) => seq),
    }
  },
  release: endFailures,
})

function deadLetter(trial: Trial): [EventOf<'input'>?, EventOf<'k.record'>?] {
  const { retry } = consumerOf(trial) ?? {}
  const input = failingInputs(trial).find(({ copy }) => copy === 1)
  const letter = trial.first(
    'k.record',
    ({ topic, key }) => topic === retry?.deadLetter && key === input?.key,
  )
  return input && letter ? [input, letter] : []
}

/** A record of an event on its topic, behind the first one. */
function isAgain({ topic, key, partition, offset }: EventOf<'input'>) {
  return (record: EventOf<'k.record'>) =>
    record.topic === topic && record.key === key && record.partition === partition && record.offset > offset
}
