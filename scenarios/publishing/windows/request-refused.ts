import { markedKey } from '../../marked-key.ts'
import { window } from '../window.ts'
import { committed, published } from './marked.ts'

/** What a broker answers while too few replicas are in sync: nothing was stored, ask again. */
const NOT_ENOUGH_REPLICAS = 19
const CHANGES = 6

/**
 * W25: the broker refuses one request and takes the ones after it.
 *
 * Armed on the wire, for one request alone: a link between the relay and the broker would hurt all that pass. The
 * aggregate changes several times in a row; whoever has each change in a request of its own brings them out of order.
 */
export const requestRefused = window({
  id: 'W25',
  phrase: 'the broker refuses one request and takes later ones',
  title: 'one request is refused, later ones are not',
  held: 'the wire proxy answers one produce request with NOT_ENOUGH_REPLICAS',
  shown: "the marked aggregate's first record lies behind the refusal",
  needs: {},
  faults: ['wire'],
  alone: true,
  async enter(testbed) {
    const { topic } = testbed.publisher
    await testbed.wire.inject({ api: 'produce', topic, which: 'once', act: { error: NOT_ENOUGH_REPLICAS } })
    for (let n = 0; n < CHANGES; n++) await testbed.load.place(testbed.markedKey)
    await testbed.patience.until(`a produce request for ${topic}`, () => testbed.wire.effects.length > 0)
  },
  entered(trial) {
    const fault = trial.first('fault.took-effect', ({ fault }) => fault === 'wire')
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
