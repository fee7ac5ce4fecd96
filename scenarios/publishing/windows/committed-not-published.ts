import { recordsAbout } from '../view/about.ts'
import { window } from '../window.ts'
import { committed, published } from './marked.ts'

/** Milliseconds that the broker stays out of reach: longer than a client's request timeout, so that its error path runs. */
const HOLD = 4_000

/**
 * W3: the change is committed, its event is not on the log.
 *
 * The relay's link to the broker is hurt first: refused in odd trials, requests swallowed in even ones. Then the
 * marked aggregate changes twice. The window is held long enough for a relay to give up, mark or skip.
 */
export const committedNotPublished = window({
  id: 'W3',
  phrase: 'a committed change is not published yet',
  title: 'committed, not published',
  held: 'Kafka link cut (odd trials) or requests swallowed (even ones)',
  shown: 'the xid committed, no record until the link healed',
  needs: { capabilities: ['links'], links: ['relay→kafka'] },
  faults: ['link'],
  async enter(testbed) {
    const link = testbed.link('relay→kafka')
    if (testbed.trial % 2 === 1) await testbed.faults.cut(link)
    else await testbed.faults.blackhole(link, 'requests')
    await testbed.load.place(testbed.markedKey)
    await testbed.load.place(testbed.markedKey)
    await testbed.hold(HOLD)
    if (testbed.trial % 2 === 1) return
    await testbed.log.fence()
    const stored = recordsAbout(testbed.markedKey, testbed.view)
    if (!stored.some(({ record }) => record.seq > testbed.trialBegan))
      testbed.faults.swallowed(
        link,
        `nothing of ${testbed.markedKey} was stored while requests were swallowed`,
      )
  },
  entered(trial) {
    const tx = committed(trial)
    const hurt = trial.first('fault.took-effect', (event) => event.fault === 'link')
    const healed = trial.first('fault.healed', (event) => event.fault === 'link')
    if (!tx || !hurt || !healed || tx.seq > healed.seq) return undefined
    const early = published(trial)
    if (early && early.seq < healed.seq) return undefined
    return {
      grade: 'A',
      says: `transaction ${tx.xid} was committed and its event was not on the log until the link healed`,
      events: [hurt.seq, tx.seq, healed.seq],
    }
  },
  release: (testbed) => testbed.faults.healLink(testbed.link('relay→kafka')),
})
