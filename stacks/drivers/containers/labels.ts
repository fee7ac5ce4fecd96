import { isGone, ownerOf } from '../../../core/owner.ts'

/** On all that a run creates in an engine: the run's id. */
export const RUN_LABEL = 'eventproof.run'
/** Whose process the run is: `host pid start`. */
export const OWNER_LABEL = 'eventproof.owner'

/** On the network of a cluster that is kept between runs: what it was made of. */
export const KEPT_LABEL = 'eventproof.kept'

/** On the nodes of a cluster: kind's own label, and the only one that it puts there. */
export const CLUSTER_LABEL = 'io.x-k8s.kind.cluster'

/** With what names begin. */
export const NAME = 'eventproof-'

/** Name of the network of a run, and of its cluster. */
export function nameOf(run: string): string {
  return `${NAME}${run.slice(0, 8)}`
}

export function labelsOf(run: string): Readonly<Record<string, string>> {
  return { [RUN_LABEL]: run, [OWNER_LABEL]: ownerOf() }
}

/** Whether the process that owns such a thing is gone. One of another machine may live: nobody here can tell. */
export function orphaned(labels: Readonly<Record<string, string>> | null): boolean {
  return isGone(labels?.[OWNER_LABEL] ?? '')
}
