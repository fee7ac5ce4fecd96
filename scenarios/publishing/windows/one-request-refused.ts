import { markedKey } from '../../marked-key.ts'
import { window } from '../window.ts'
import { committed, published } from './marked.ts'

const CHANGES = 6
/** Milliseconds in which a relay waits for the answer to the request before: the changes come together meanwhile. */
const LATE = 1_500

/** What the broker answers to one request of several. */
interface Refusal {
  readonly id: string
  readonly phrase: string
  readonly title: string
  /** Its name, and its code in Kafka's protocol. */
  readonly error: readonly [name: string, code: number]
}

/**
 * Armed on the wire, for one request alone: a link between the relay and the broker would hurt all that pass. The
 * aggregate changes several times in a row, while the relay waits for the answer to the request before, so that it finds
 * all of them together; a relay with a request for each change brings them out of order.
 */
export function oneRequestRefused({ id, phrase, title, error: [name, error] }: Refusal) {
  return window({
    id,
    phrase,
    title,
    held: `the wire proxy answers one produce request with ${name}`,
    shown: "the marked aggregate's first record lies behind the refusal",
    needs: {},
    faults: ['wire'],
    alone: true,
    async enter(testbed) {
      const { topic } = testbed.publisher
      const next = { api: 'produce', topic, which: 'once' } as const
      await testbed.wire.inject({ ...next, act: { delay: LATE } })
      await testbed.load.place(testbed.otherKey)
      await testbed.patience.until(`a produce request for ${topic}`, () => testbed.wire.effects.length > 0)
      await testbed.wire.inject({ ...next, act: { error } })
      for (let n = 0; n < CHANGES; n++) await testbed.load.place(testbed.markedKey)
      await testbed.patience.until('the next one', () => testbed.wire.effects.length > 1)
    },
    entered(trial) {
      const onWire = trial.events.flatMap((event) =>
        'fault' in event && event.fault === 'wire' ? event : [],
      )
      const hits = onWire.filter((event) => event.kind === 'fault.took-effect')
      const fault = hits.at(-1)
      // Each of them, or what was hit is only the request before.
      if (hits.length < onWire.filter(({ kind }) => kind === 'fault.injected').length) return undefined
      const tx = committed(trial)
      const first = published(trial)
      if (!fault || !tx || !first || first.seq < fault.seq) return undefined
      return {
        grade: 'A',
        says: `the broker refused a request (${fault.evidence}) and the first event of ${markedKey(trial)} was stored after that, at offset ${first.offset}`,
        events: [tx.seq, fault.seq, first.seq],
      }
    },
    release: (testbed) => testbed.wire.heal(),
  })
}
