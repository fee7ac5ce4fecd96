import type { EventOf } from '../../../proof/history/event.ts'
import type { ScalingDeclaration } from '../plan.ts'

/** How many replicas were asked for and ready at one moment. */
export interface Reading {
  readonly seq: number
  readonly at: number
  readonly replicas: number
  readonly ready: number
}

/** A time at zero, or not at zero. */
export interface Span {
  readonly zero: boolean
  readonly from: Reading
  /** The first reading of the span after it; undefined where the history ends in it. */
  readonly to: Reading | undefined
}

/** A span at zero and the one that follows. */
export interface Rise {
  readonly rest: Span
  readonly active: Span
}

/**
 * The replicas over time. The Deployment's watch tells each change as it happens; without one the samples do. They
 * are not mixed: a sample that was taken before a change and written after it would look like a change back.
 */
export class ReplicaTimeline {
  readonly readings: readonly Reading[]
  readonly spans: readonly Span[]

  constructor(samples: readonly EventOf<'scale.sample'>[], objects: readonly EventOf<'k8s.object'>[]) {
    const watched = objects.flatMap(watchedReading)
    this.readings =
      watched.length > 0
        ? watched
        : samples.map(({ seq, at, replicas, ready }) => ({ seq, at, replicas, ready }))
    const starts = this.readings.filter(
      ({ replicas }, i) => i === 0 || (replicas === 0) !== (this.readings[i - 1]?.replicas === 0),
    )
    this.spans = starts.map((from, i) => ({ zero: from.replicas === 0, from, to: starts[i + 1] }))
  }

  /** Spans at zero that end in a rise, each with the span that follows. */
  get rises(): readonly Rise[] {
    return this.spans.flatMap((rest, i) => {
      const active = this.spans[i + 1]
      return rest.zero && active !== undefined ? [{ rest, active }] : []
    })
  }

  get active(): readonly Span[] {
    return this.spans.filter(({ zero }) => !zero)
  }

  /** The span at zero in which this happened. */
  zeroAt(seq: number): Span | undefined {
    const span = this.spans.findLast(({ from }) => from.seq <= seq)
    return span?.zero ? span : undefined
  }
}

/** Whether an object of the cluster is the scaled Deployment. */
export function isDeployment(object: EventOf<'k8s.object'>, scaling: ScalingDeclaration): boolean {
  return /^deployments?$/i.test(object.resource) && object.name === scaling.deployment
}

function watchedReading({ seq, at, change, fields }: EventOf<'k8s.object'>): Reading[] {
  const replicas = fields['spec.replicas']
  if (change === 'deleted' || typeof replicas !== 'number') return []
  return [{ seq, at, replicas, ready: Number(fields['status.readyReplicas'] ?? 0) }]
}
