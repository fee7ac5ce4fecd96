import type { Trial } from '../../../proof/window.ts'
import { changesOf } from '../view/about.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { window } from '../window.ts'
import { committed } from './marked.ts'

/** Milliseconds for which the service hears nothing; what it answers when its connection is given up is its own word. */
const UNHEARD = 300

/**
 * W2: the commit took effect, but its answer never reaches the service.
 *
 * The commit gate holds COMMIT while the service's database link starts to swallow responses; then the gate opens:
 * the server commits and nobody hears of it. The client repeats its command with the same idempotency key.
 */
export const commitInDoubt = window({
  id: 'W2',
  phrase: 'the answer to a commit is lost',
  title: 'committed, and the answer to COMMIT is lost',
  held: 'commit gate, then answers swallowed on the database link',
  shown: 'the xid committed while no answer could pass',
  needs: { capabilities: ['create-trigger', 'links'], links: ['service→postgres'] },
  faults: ['link'],
  gates: ['commit'],
  async enter(testbed) {
    const link = testbed.link('service→postgres')
    const from = testbed.trialBegan
    await testbed.gates.close('commit', testbed.markedKey)
    testbed.placeAside(testbed.markedKey)
    testbed.waitingAtGate = await testbed.gates.waiting('commit', testbed.markedKey, testbed.reach)
    await testbed.faults.blackhole(link, 'responses')
    await testbed.gates.open('commit', testbed.markedKey)
    const tx = await testbed.patience.until(`the commit of ${testbed.markedKey}`, () =>
      testbed.history.first(
        'pg.tx',
        ({ seq, rows }) => seq > from && rows.some(changesOf(testbed.markedKey, testbed.view)),
      ),
    )
    await testbed.hold(UNHEARD)
    testbed.faults.swallowed(link, `transaction ${tx.xid} committed and its answer was swallowed`)
  },
  entered(trial) {
    const tx = committed(trial)
    const hole = trial.first('fault.injected', (event) => event.fault === 'link')
    const fault = trial.first('fault.took-effect', (event) => event.fault === 'link')
    const healed = trial.first('fault.healed', (event) => event.fault === 'link')
    if (!tx || !hole || !fault || tx.seq < hole.seq || (healed && tx.seq > healed.seq)) return undefined
    const answered = answerOf(trial)
    if (answered && answered.seq < fault.seq) return undefined
    return {
      grade: 'A',
      says: `transaction ${tx.xid} committed while no answer could pass`,
      events: [hole.seq, tx.seq],
    }
  },
  excluded(trial) {
    const waiting = trial.first('gate.waiting', ({ gate }) => gate === 'commit')
    const opened = trial.first('gate.opened', ({ gate }) => gate === 'commit')
    const answered = answerOf(trial)
    if (!waiting || !opened || !answered || answered.seq > opened.seq) return undefined
    // Who answers so without having said that it only accepts is not kept out by design.
    if (trial.view.plan.publisher.answers !== 'accepted') return undefined
    return {
      grade: 'A',
      says: `it only accepts what it is told: ${answered.op} was answered with ${answered.status} while its transaction waited to commit, so that no answer tells of that`,
      events: [answered.seq, waiting.seq, opened.seq].sort((a, b) => a - b),
    }
  },
  async release(testbed) {
    await testbed.gates.open('commit', testbed.markedKey)
    await testbed.faults.healLink(testbed.link('service→postgres'))
    await testbed.repeatAside()
  },
})

/** What the marked command was answered. */
function answerOf(trial: Trial<PublisherView>) {
  const op = trial.first('op.invoke', ({ key }) => trial.view.plan.marked.includes(key))
  return op && trial.first('op.ok', (event) => event.op === op.op)
}
