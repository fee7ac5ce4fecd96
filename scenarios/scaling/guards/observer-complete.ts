import { BUSY } from '../../../proof/guards/busy.ts'
import { observerComplete as guard } from '../../../proof/guards/observer-complete.ts'
import type { ScalingView } from '../view/scaling-view.ts'

/** Milliseconds without a look at the replicas after which too much may have happened unseen. */
const BLIND = 5000

/** Guard 6: the observers saw everything: samples without a hole, the database past the last event, the cluster's events. */
export const observerComplete = guard<ScalingView>((view) => {
  const { coverage, samples, said, inputs, replicas } = view
  const blind = view.lag.blindness(0, Number.POSITIVE_INFINITY)
  const seconds = (blind / 1000).toFixed(1)
  return {
    coverage,
    last: {
      what: 'the last event and the last scaling',
      seq: Math.max(inputs.at(-1)?.seq ?? 0, replicas.spans.at(-1)?.from.seq ?? 0),
    },
    missing: [
      ...(samples.length < 2 ? [`lag and replicas were not sampled: ${BUSY}`] : []),
      ...(blind > BLIND ? [`there was no sample for ${seconds} s: ${BUSY}`] : []),
      ...(said.length === 0 ? [`no event of the cluster was seen: ${BUSY}`] : []),
    ],
    says: `${samples.length} looks, at most ${seconds} s apart, ${said.length} events of the cluster`,
  }
})
