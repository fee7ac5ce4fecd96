import type { Figures } from '../../../proof/figures.ts'
import type { ScalingView } from './scaling-view.ts'

/** What a scaled workload counted. */
export interface ScalingFigures extends Figures {
  readonly of: 'scaling'
  readonly events: number
  readonly effects: number
  /** Milliseconds from the first event above the threshold to replicas ≥ 1, and to the first ready pod. */
  readonly activation: number | null
  readonly ready: number | null
  readonly maxReplicas: number
  /** Milliseconds from the last effect to zero replicas. */
  readonly backToZero: number | null
  /** What the linter says of the manifests, errors and warnings. */
  readonly lint: readonly ManifestFinding[]
}

export interface ManifestFinding {
  readonly rule: string
  readonly severity: 'error' | 'warning'
  /** `file:line`, as the config names the file. */
  readonly place: string
  readonly found: string
  readonly fix: string
}

export function isScalingFigures(figures: Figures): figures is ScalingFigures {
  return figures.of === 'scaling'
}

/** The counts and times of a report: of the first activation, and of the last return. */
export function scalingFigures(view: ScalingView): ScalingFigures {
  const { replicas, work, samples, lint } = view
  const [rise] = replicas.rises
  const need = rise && view.need(rise.rest.from.seq, rise.active.from.seq)
  const ready = rise && need && firstReady(view, rise.active.from.seq)
  const fall = replicas.active.findLast(({ to }) => to !== undefined)?.to
  const effects = work.all.flatMap((each) => each.effects)
  const last = fall && Math.max(...effects.filter(({ seq }) => seq < fall.seq).map(({ at }) => at))
  return {
    of: 'scaling',
    milliseconds: view.lastAt - (view.events[0]?.at ?? 0),
    events: work.all.length,
    effects: effects.length,
    activation: rise && need ? Math.max(0, rise.active.from.at - need.at) : null,
    ready: need && ready ? Math.max(0, ready.at - need.at) : null,
    maxReplicas: [...replicas.readings, ...samples].reduce((most, each) => Math.max(most, each.replicas), 0),
    backToZero: fall && last !== undefined && Number.isFinite(last) ? Math.max(0, fall.at - last) : null,
    lint: lint.map(({ rule, severity, file, line, found, fix }) => ({
      rule,
      severity,
      place: `${file}:${line}`,
      found,
      fix,
    })),
  }
}

/** The first look that showed a ready pod, at or after `from`. */
export function firstReady(
  view: ScalingView,
  from: number,
): { readonly seq: number; readonly at: number } | undefined {
  const seen = (each: { readonly seq: number; readonly ready: number }) => each.seq >= from && each.ready > 0
  const [watched, sampled] = [view.replicas.readings.find(seen), view.samples.find(seen)]
  if (watched === undefined || sampled === undefined) return watched ?? sampled
  return watched.seq < sampled.seq ? watched : sampled
}
