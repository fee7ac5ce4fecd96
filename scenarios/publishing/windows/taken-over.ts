import { window } from '../window.ts'
import { markedDone } from './marked.ts'
import { publishedNotMarked } from './published-not-marked.ts'

/**
 * W8a: two relays work on one outbox, or one of them stands by, and the one at work dies with what it claimed.
 *
 * The mark gate shows which of them is at work; whoever marks the row before that one is back has taken over.
 */
export const takenOver = window({
  ...publishedNotMarked,
  id: 'W8a',
  phrase: 'one of two relays has not marked what it published',
  title: 'two relays, one dies with what it claimed',
  held: 'mark gate, then the relay at it is killed',
  shown:
    'the record is on the log and a backend waits at the gate; another relay marked the row before the killed one was back',
  needs: { capabilities: ['create-trigger'], relays: 2 },
  entered(trial) {
    const held = publishedNotMarked.entered(trial)
    const killed = trial.first('fault.took-effect', ({ fault }) => fault === 'kill')
    const back = trial.first('fault.healed', ({ fault }) => fault === 'kill')
    const mark = killed && markedDone(trial, killed.seq)
    if (!held || !killed || !back || !mark || mark.seq > back.seq) return undefined
    return {
      grade: 'A',
      says: `${held.says}; another relay marked the row before it was back`,
      events: [...held.events, mark.seq, back.seq],
    }
  },
})
