import type { ArmedWindow } from '../../window.ts'
import { committed } from './marked.ts'

/** W12: the connector loses its stream or its task while changes flow: another backend holds its slot afterwards. */
export const streamInterrupted: ArmedWindow = {
  id: 'W12',
  title: 'the connector’s stream is interrupted mid-way',
  needs: { capabilities: ['debezium'] },
  instruments: [],
  async arm(lab) {
    await lab.load.place(lab.markedKey)
  },
  entered(trial) {
    const bite = trial.first('fault.bitten')
    const tx = committed(trial)
    const before = trial.first('fact', ({ name }) => name === 'slot.holder')
    const after = trial.first(
      'fact',
      ({ name, value }) => name === 'slot.holder' && value !== null && value !== before?.value,
    )
    if (!bite || !tx || !before || !after || after.seq < bite.seq) return undefined
    return {
      grade: 'A',
      says: `backend ${before.value} held the slot before and backend ${after.value} after, while changes were committed`,
      events: [tx.seq, before.seq, bite.seq, after.seq],
    }
  },
  async open(lab) {
    await lab.load.place(lab.markedKey)
  },
}
