import type { ArmedWindow } from '../../window.ts'
import { committed, published } from './marked.ts'

/** Milliseconds that the broker stays out of reach: longer than a client's request timeout, so that its error path runs. */
const HOLD = 4_000

/**
 * W3: the change is committed, its event is not on the log.
 *
 * The relay's link to the broker is hurt first: refused in odd trials, requests swallowed in even ones. Then the
 * marked aggregate changes twice. The window is held long enough for a relay to give up, mark or skip.
 */
export const committedNotPublished: ArmedWindow = {
  id: 'W3',
  title: 'committed, not published',
  needs: { capabilities: ['links'], links: ['relay→kafka'] },
  instruments: ['link'],
  async arm(lab) {
    const link = lab.link('relay→kafka')
    if (lab.trial % 2 === 1) await lab.instruments.cut(link)
    else await lab.instruments.blackhole(link, 'requests')
    await lab.load.place(lab.markedKey)
    await lab.load.place(lab.markedKey)
    await lab.hold(HOLD)
    if (lab.trial % 2 === 1) return
    await lab.log.fence()
    const isMarked = ({ key, seq }: { key: string | null; seq: number }) =>
      key === lab.markedKey && seq > lab.trialBegan
    if (lab.history.first('k.record', isMarked) === undefined)
      lab.instruments.swallowed(link, `nothing of ${lab.markedKey} was stored while requests were swallowed`)
  },
  entered(trial) {
    const tx = committed(trial)
    const hurt = trial.first('fault.bitten', (event) => event.fault === 'link')
    const healed = trial.first('fault.cleared', (event) => event.fault === 'link')
    if (!tx || !hurt || !healed || tx.seq > healed.seq) return undefined
    const early = published(trial)
    if (early && early.seq < healed.seq) return undefined
    return {
      grade: 'A',
      says: `transaction ${tx.xid} was committed and its event was not on the log until the link healed`,
      events: [hurt.seq, tx.seq, healed.seq],
    }
  },
  open: (lab) => lab.instruments.heal(lab.link('relay→kafka')),
}
