import { windowsOver } from 'eventproof/kind'
import type { CounterTestbed } from './counter-testbed.ts'
import type { CounterView } from './counter-view.ts'

const { window } = windowsOver<CounterTestbed, CounterView>()

/** TW1: an addition was sent, and its answer is not there yet. */
export const additionNotAnswered = window({
  id: 'TW1',
  phrase: 'an addition is not answered yet',
  title: 'sent, not answered',
  needs: {},
  faults: [],
  async enter(testbed) {
    testbed.addAside()
    const { op } = testbed.history.all('op.invoke').at(-1) ?? {}
    testbed.history.record({ kind: 'note', text: `${op} is sent` })
  },
  entered(trial) {
    const sent = trial.first('note', ({ text }) => text.endsWith('is sent'))
    const ended = trial.first('proc', ({ event }) => event === 'exited' || event === 'killed')
    if (sent === undefined) return undefined
    const answered = trial.first('op.ok', ({ op }) => sent.text.startsWith(`${op} `))
    if (answered !== undefined && (ended === undefined || answered.seq < ended.seq)) return undefined
    return { grade: 'B', says: `${sent.text}, and the process ended before its answer`, events: [sent.seq] }
  },
  release: async () => {},
})
