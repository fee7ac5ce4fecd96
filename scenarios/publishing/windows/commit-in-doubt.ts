import type { ArmedWindow } from '../../window.ts'
import { committed } from './marked.ts'

/**
 * W2: the commit took effect, but its answer never reaches the service.
 *
 * The commit gate holds COMMIT while the service's database link starts to swallow responses; then the gate opens:
 * the server commits and nobody hears of it. The client repeats its command with the same idempotency key.
 */
export const commitInDoubt: ArmedWindow = {
  id: 'W2',
  title: 'committed, and the answer to COMMIT is lost',
  needs: { capabilities: ['create-trigger', 'links'], links: ['service→postgres'] },
  instruments: ['commit-gate', 'link'],
  async arm(lab) {
    const link = lab.link('service→postgres')
    await lab.gates.close('commit', lab.markedKey)
    lab.placeAside(lab.markedKey)
    lab.waitingAtGate = await lab.gates.waiting('commit', lab.markedKey, lab.reach)
    await lab.instruments.blackhole(link, 'responses')
    await lab.gates.open('commit', lab.markedKey)
    const tx = await lab.history.waitFor(
      'pg.tx',
      ({ rows }) => rows.some(({ after }) => after?.[lab.publisher.state.id] === lab.markedKey),
      { what: `the commit of ${lab.markedKey}`, deadline: lab.reach },
    )
    lab.instruments.swallowed(link, `transaction ${tx.xid} committed and its answer was swallowed`)
  },
  entered(trial) {
    const tx = committed(trial)
    const hole = trial.first('fault.armed', (event) => event.fault === 'link')
    const bite = trial.first('fault.bitten', (event) => event.fault === 'link')
    const healed = trial.first('fault.cleared', (event) => event.fault === 'link')
    if (!tx || !hole || !bite || tx.seq < hole.seq || (healed && tx.seq > healed.seq)) return undefined
    const op = trial.first('op.invoke', (event) =>
      trial.history.some((e) => e.kind === 'scenario.plan' && e.plan.marked.includes(event.key)),
    )
    const answered = op && trial.first('op.ok', (event) => event.op === op.op)
    if (answered && healed && answered.seq < healed.seq) return undefined
    return {
      grade: 'A',
      says: `transaction ${tx.xid} committed while no answer could pass`,
      events: [hole.seq, tx.seq],
    }
  },
  async open(lab) {
    await lab.gates.open('commit', lab.markedKey)
    await lab.instruments.heal(lab.link('service→postgres'))
    await lab.repeatAside()
  },
}
