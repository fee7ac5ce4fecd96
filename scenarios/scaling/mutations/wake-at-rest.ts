import type { HistoryEvent } from '../../../proof/history/event.ts'
import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ScalingView } from '../view/scaling-view.ts'

/** SZ1: a replica comes and goes while nothing waits. */
export const wakeAtRest: Mutation<ScalingView> = {
  predicate: 'SZ1',
  says: 'let a replica run at rest',
  names: ['spurious-activation', 'flapping'],
  applies: () => true,
  apply(view) {
    const seq = view.replicas.spans.find(({ zero }) => zero)?.from.seq
    const look = view.events.find((event) => event.seq === seq)
    if (look === undefined) return undefined
    return mutated(view.events, {
      added: [
        { ...withReplicas(look, 1), seq: look.seq + 0.25 },
        { ...withReplicas(look, 0), seq: look.seq + 0.5 },
      ],
    })
  },
}

/** A look at the replicas that saw another number of them. */
export function withReplicas(look: HistoryEvent, replicas: number): HistoryEvent {
  if (look.kind === 'scale.sample') return { ...look, replicas }
  if (look.kind === 'k8s.object') return { ...look, fields: { ...look.fields, 'spec.replicas': replicas } }
  return look
}
