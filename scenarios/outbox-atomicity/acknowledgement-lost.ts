import type { ArmedWindow } from '../window.ts'
import { markedDone, markedKey, published } from './marked.ts'

/**
 * W4: the broker stored the record and its acknowledgement is lost.
 *
 * Responses on the relay's link vanish before the command is placed; the record is seen on the unproxied listener.
 */
export const acknowledgementLost: ArmedWindow = {
  id: 'W4',
  title: 'stored by the broker, acknowledgement lost',
  needs: { capabilities: ['links', 'second-listener'], links: ['relay→kafka'] },
  instruments: ['link'],
  alone: true,
  async arm(lab) {
    const link = lab.link('relay→kafka')
    await lab.instruments.blackhole(link, 'responses')
    await lab.load.place(lab.markedKey)
    const record = await lab.history.waitFor('k.record', ({ key }) => key === lab.markedKey, {
      what: `a record of ${lab.markedKey}`,
      deadline: lab.reach,
    })
    lab.instruments.swallowed(link, `offset ${record.offset} was stored and no acknowledgement could pass`)
  },
  entered(trial) {
    const key = markedKey(trial)
    const hole = trial.first('fault.armed', (event) => event.fault === 'link')
    const bitten = trial.first('fault.bitten', (event) => event.fault === 'link')
    const healed = trial.first('fault.cleared', (event) => event.fault === 'link')
    const record = published(trial)
    if (!hole || !bitten || !healed || !record || record.seq < hole.seq || record.seq > healed.seq)
      return undefined
    const mark = markedDone(trial)
    if (mark && mark.seq < bitten.seq) return undefined
    return {
      grade: 'A',
      says: `${key}'s record was stored at offset ${record.offset} while no answer could pass`,
      events: [hole.seq, record.seq, healed.seq],
    }
  },
  open: (lab) => lab.instruments.heal(lab.link('relay→kafka')),
}
