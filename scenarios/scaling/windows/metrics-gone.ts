import { window } from '../window.ts'
import { scalingOf } from './scaling-of.ts'

/**
 * W24c: nobody answers the autoscaler's questions, while the work asks for more than one replica.
 *
 * The metrics adapter is killed; the operator, which scales from zero, lives. Work stands still meanwhile, so that it
 * still asks for more when the adapter is back.
 */
export const metricsGone = window({
  id: 'W24c',
  phrase: 'the scaler’s metrics are gone when more consumers are needed',
  title: 'the metrics adapter is gone while more replicas are needed',
  held: 'the adapter is killed',
  shown: 'replicas stay while no metric is to be had, and rise when it is back',
  needs: { capabilities: ['kill-metrics-adapter'] },
  faults: ['metrics-adapter'],
  alone: true,
  async enter(testbed) {
    await testbed.parts.clusterFaults.killAdapter()
    await testbed.holdWork()
    await testbed.put(2 * testbed.scaling.lagThreshold)
    await testbed.awake()
    const enough = 2 * testbed.scaling.lagThreshold
    await testbed.sees(
      `${enough} events, one replica and no metric`,
      ({ metric, lag, replicas }) => metric === null && replicas === 1 && lag >= enough,
    )
  },
  entered(trial) {
    const fault = trial.first('fault.took-effect', ({ fault }) => fault === 'metrics-adapter')
    const cleared = trial.first('fault.healed', ({ fault }) => fault === 'metrics-adapter')
    const scaling = scalingOf(trial)
    if (!fault || !cleared || !scaling) return undefined
    const blind = trial.first(
      'scale.sample',
      ({ seq, metric, lag, replicas }) =>
        seq > fault.seq &&
        seq < cleared.seq &&
        metric === null &&
        replicas === 1 &&
        lag >= 2 * scaling.lagThreshold,
    )
    if (!blind) return undefined
    // The autoscaler may have its answer a moment before we know that it can.
    const many = trial.first(
      'k8s.object',
      ({ seq, name, fields }) =>
        seq > blind.seq && name === scaling.deployment && Number(fields['spec.replicas'] ?? 0) > 1,
    )
    if (!many) return undefined
    return {
      grade: 'B',
      says: `one replica ran for ${blind.lag} events while no metric was to be had; ${many.fields['spec.replicas']} when it was back`,
      events: [fault.seq, blind.seq, many.seq, cleared.seq].toSorted((a, b) => a - b),
    }
  },
  async release(testbed) {
    try {
      await testbed.parts.clusterFaults.restartAdapter()
      await testbed.scaledTo(2)
    } finally {
      await testbed.releaseWork()
    }
  },
})
