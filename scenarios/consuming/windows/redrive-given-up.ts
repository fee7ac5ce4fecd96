import type { EventOf } from '../../../proof/history/event.ts'
import { window } from '../window.ts'
import { failingInputs } from './failed-attempts.ts'
import { endFailures, letDownBy, putFailing } from './failing-input.ts'
import { consumerOf } from './marked-input.ts'

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
    const { redrive } = testbed.parts
    const [subject, value] = [redrive?.parkingLot ?? '', redrive?.after ?? 0]
    testbed.history.record({ kind: 'fact', name: 'redrive.after', subject, value })
    const failing = { failures: -1, retriable: false, by: letDownBy(testbed, testbed.trial) }
    const inputs = await Promise.all(testbed.plan.marked.map((key) => putFailing(testbed, key, failing)))
    const parked = ({ key }: { readonly key: string }) =>
      testbed.history
        .all('k.record')
        .some((record) => record.topic === redrive?.parkingLot && record.key === key)
    const what = `${inputs.length} events on ${redrive?.parkingLot}`
    const seen = () => `${inputs.filter(parked).length} are there`
    await testbed.patience.until(what, () => inputs.every(parked), { seen, every: 100 })
  },
  entered(trial) {
    const [fact] = trial.facts('redrive.after')
    const { retry } = consumerOf(trial) ?? {}
    const inputs = failingInputs(trial)
    if (!fact || inputs.length === 0) return undefined
    const records = trial.events.filter((event): event is EventOf<'k.record'> => event.kind === 'k.record')
    const on = (topic: string | undefined, key: string) =>
      records.filter((record) => record.topic === topic && record.key === key)
    const wellParked = inputs.every(
      ({ key }) => on(fact.subject, key).length === 1 && on(retry?.deadLetter, key).length === fact.value + 1,
    )
    if (!wellParked) return undefined
    const parked = inputs.flatMap(({ key }) => on(fact.subject, key))
    return {
      grade: 'A',
      says: `${inputs.length} events were dead letters ${fact.value + 1} times and were then put on ${fact.subject}`,
      events: [...inputs, ...parked].map(({ seq }) => seq),
    }
  },
  release: endFailures,
})
