import { scalingOf } from './scaling-of.ts'
import type { ScalingWindow } from './scaling-window.ts'

/**
 * W24b: KEDA can not reach the broker, at zero, and more comes than may wait.
 *
 * KEDA has a link of its own to the broker; consumers and load do not use it.
 */
export const scalerCutOff: ScalingWindow = {
  id: 'W24b',
  title: 'the scaler is cut off from the broker at zero',
  needs: { capabilities: ['links'] },
  instruments: ['link'],
  alone: true,
  async arm(lab) {
    await lab.atZero()
    await lab.parts.faults.cutScaler()
    const { activationLagThreshold, pollingInterval } = lab.scaling
    await lab.put(activationLagThreshold + 1)
    await lab.hold(2000 * pollingInterval)
    await lab.sees(
      `more than ${activationLagThreshold} events at zero`,
      ({ lag, replicas }) => replicas === 0 && lag > activationLagThreshold,
    )
  },
  entered(trial) {
    const bite = trial.first('fault.bitten', ({ fault }) => fault === 'link')
    const cleared = trial.first('fault.cleared', ({ fault }) => fault === 'link')
    const scaling = scalingOf(trial)
    if (!bite || !cleared || !scaling) return undefined
    const asleep = trial.first(
      'scale.sample',
      ({ seq, lag, replicas }) =>
        seq > bite.seq && seq < cleared.seq && replicas === 0 && lag > scaling.activationLagThreshold,
    )
    if (!asleep) return undefined
    return {
      grade: 'B',
      says: `${asleep.lag} events waited at zero while ${bite.evidence}`,
      events: [bite.seq, asleep.seq, cleared.seq],
    }
  },
  open: (lab) => lab.parts.faults.healScaler(),
}
