import { window } from '../window.ts'
import { scalingOf } from './scaling-of.ts'

/**
 * W24b: KEDA can not reach the broker, at zero, and more comes than may wait.
 *
 * KEDA has a link of its own to the broker; consumers and load do not use it.
 */
export const scalerCutOff = window({
  id: 'W24b',
  phrase: 'the scaler is cut off from the broker',
  title: 'the scaler is cut off from the broker at zero',
  held: 'KEDA’s own link to the broker is cut',
  shown: 'more events than may wait were on the topic and nothing ran while the link was cut',
  needs: { capabilities: ['links', 'reached-by-pods'] },
  faults: ['link'],
  alone: true,
  async enter(testbed) {
    await testbed.atZero()
    await testbed.parts.clusterFaults.cutScaler()
    const { activationLagThreshold, pollingInterval } = testbed.scaling
    await testbed.put(activationLagThreshold + 1)
    await testbed.hold(2000 * pollingInterval)
    await testbed.sees(
      `more than ${activationLagThreshold} events at zero`,
      ({ lag, replicas }) => replicas === 0 && lag > activationLagThreshold,
    )
  },
  entered(trial) {
    const fault = trial.first('fault.took-effect', ({ fault }) => fault === 'link')
    const cleared = trial.first('fault.healed', ({ fault }) => fault === 'link')
    const scaling = scalingOf(trial)
    if (!fault || !cleared || !scaling) return undefined
    const asleep = trial.first(
      'scale.sample',
      ({ seq, lag, replicas }) =>
        seq > fault.seq && seq < cleared.seq && replicas === 0 && lag > scaling.activationLagThreshold,
    )
    if (!asleep) return undefined
    return {
      grade: 'B',
      says: `${asleep.lag} events waited at zero while ${fault.evidence}`,
      events: [fault.seq, asleep.seq, cleared.seq],
    }
  },
  release: (testbed) => testbed.parts.clusterFaults.healScaler(),
})
