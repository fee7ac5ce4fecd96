import { markedKey } from '../../marked-key.ts'
import { window } from '../window.ts'
import { published } from './marked.ts'
import { publishedNotMarked } from './published-not-marked.ts'

/** W9: the database crashes while the relay has claimed rows: the mark gate holds the relay, then the server is killed. */
export const claimedRows = window({
  ...publishedNotMarked,
  id: 'W9',
  phrase: 'the relay has claimed work',
  title: 'rows claimed when the database crashes',
  held: 'mark gate, then the server is killed',
  shown: 'a backend held the claim when the server died; it came back',
  needs: { capabilities: ['create-trigger', 'kill-postgres'], ownServer: true },
  entered(trial) {
    const key = markedKey(trial)
    const waiting = trial.first('gate.waiting', (event) => event.gate === 'mark' && event.key === key)
    const crash = trial.first('fault.took-effect', (event) => event.fault === 'crash-database')
    const back = trial.first('fault.healed', (event) => event.fault === 'crash-database' && event.verified)
    const record = published(trial)
    if (!waiting || !crash || !back || !record || waiting.seq > crash.seq) return undefined
    return {
      grade: 'A',
      says: `backend ${waiting.pid} held claimed rows when the server was killed; it came back afterwards`,
      events: [record.seq, waiting.seq, crash.seq, back.seq],
    }
  },
})
