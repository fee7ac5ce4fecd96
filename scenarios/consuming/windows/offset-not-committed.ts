import { until } from '../../../core/until.ts'
import type { ConsumerLaboratory } from '../testbed/consumer-testbed.ts'
import type { ArmedWindow } from '../../window.ts'
import { commitPast, effectsOf, markedInput } from './marked-input.ts'

/**
 * W13: the effect is durable, the offset is not committed.
 *
 * Armed on the wire: the group's offset commits do not reach the broker, so that the window stays open for as long as
 * we need. The effect gate holds the event until that is so: a consumer that commits each record and waits for it would
 * otherwise stand still at an earlier one. A consumer that keeps its progress in its own database has no such window.
 */
export const offsetNotCommitted: ArmedWindow<ConsumerLaboratory> = {
  id: 'W13',
  title: 'the effect is durable, the offset is not',
  needs: { capabilities: ['create-trigger'] },
  instruments: ['effect-gate', 'wire'],
  async arm(lab) {
    const { group } = lab.consumer
    const prepared = lab.prepare()
    await lab.closeGate(prepared)
    const input = await lab.parts.inputs.put(prepared)
    await lab.waitAtGate()
    await lab.hurtWire({ api: 'offset-commit', group, which: 'always', act: 'drop-request' })
    await lab.openGate()
    await lab.effective(input, lab.reach)
    await until(() => lab.wireBites.length > 0, {
      what: `an offset commit of ${group}`,
      deadline: lab.reach,
    })
  },
  entered(trial) {
    const input = markedInput(trial)
    const [effect] = input ? effectsOf(trial, input) : []
    const bite = trial.first(
      'fault.bitten',
      ({ seq, fault }) => fault === 'kill' && seq > (effect?.seq ?? seq),
    )
    if (!input || !effect || !bite) return undefined
    const commit = commitPast(trial, input)
    if (commit && commit.seq < bite.seq) return undefined
    return {
      grade: 'A',
      says: `transaction ${effect.xid} made the effect of offset ${input.offset} durable and the group had not committed past it when ${bite.target} was hit`,
      events: [input.seq, effect.seq, bite.seq],
    }
  },
  async open(lab) {
    await lab.openGate()
    await lab.healWire()
  },
}
