import { counterexample, held, more, violated } from '../../proof/findings.ts'
import type { EventOf } from '../../proof/history/event.ts'
import { mutated } from '../../proof/mutation.ts'
import { predicate } from './predicate.ts'
import { contextOf, type Origin, originIn, type Traces, type Work } from './traces.ts'

interface Child {
  /** "the span pay of payment" */
  readonly says: string
  readonly seq: number
  /** Null for the root of a trace, which the harness has begun itself. */
  readonly parentId: string | null
  readonly spanId?: string
  readonly origin: Origin
}

/**
 * TR4. What was done is told by a span whose parents lead to what it was done for.
 *
 * What can violate it: a span that is begun beside the context that came; a context with the id of a span that is never
 * exported; work that no span tells of. The waterfall then has a branch that hangs in the air.
 * How it is seen: in the spans that reach the harness by OTLP. A process that is killed takes spans with it: of traces
 * that began before its end nothing is missed.
 * Source of the rule: OpenTelemetry's trace specification; links where one span is of several traces.
 */
export const rightParents = predicate({
  id: 'TR4',
  title: 'parents',
  claim: 'spans tell of each effect, with their right parents',
  promise:
    'Each effect is told by a span, whose parents lead to the command or the event that it follows from.',
  formal:
    'the parent of each span and of each context in a sampled trace of the harness is what the harness sent, or an exported span of that trace; of each effect in a sampled trace there is a span in it, or one with a link to it; traces apart that began before a process ended',
  controls: ['O4'],
  onlyWhereAsked: true,
  violations: {
    'unknown-parent': { means: 'The parent of a span, or of a context, is no span of its trace.' },
    'span-missing': { means: 'No span tells of an effect.' },
  },
  undeclared: ({ traces }) =>
    traces?.told === undefined ? 'it does not declare to export spans' : undefined,
  check({ traces }) {
    if (traces?.told === undefined) return held(this.id, 0)
    const children = childrenIn(traces)
    const orphans = children.filter((child) => !hasParent(child, traces))
    const [orphan] = orphans
    if (orphan !== undefined) {
      const { says, seq, parentId, origin } = orphan
      const found = parentId === null ? 'has no parent' : `has the parent ${parentId}, which is no span`
      const told = `${says} ${found} in trace ${origin.traceId}${more(orphans.length)}. What to do: begin it as a child of the context that came, and export each span whose context is sent on`
      return violated(this.id, 'unknown-parent', counterexample(told, [origin.seq, seq]))
    }
    const work = workIn(traces)
    const untold = untoldWork(traces)
    const [first] = untold
    if (first === undefined) return held(this.id, children.length + work.length)
    const [origin] = first.origins
    const told = `no span tells of ${first.says}, which was done in trace ${origin?.traceId}${more(untold.length)}. What to do: export a span of it to {otlp.endpoint}, also when the process ends`
    const subject = first.id === undefined ? {} : { eventId: first.id }
    return violated(this.id, 'span-missing', counterexample(told, [origin?.seq, first.seq], subject))
  },
  /** A span gets a parent that nobody has. */
  mutation: {
    says: 'give a span another parent',
    names: ['unknown-parent'],
    applies: ({ traces }) => spanIn(traces) !== undefined,
    apply({ events, traces }) {
      const span = spanIn(traces)
      return span && mutated(events, { replaced: [{ ...span, parentId: 'e'.repeat(16) }] })
    },
  },
})

/** What is to be told of and is not. It may still come: exporters wait until some spans have come together. */
export function untoldWork(traces: Traces): readonly Work[] {
  return workIn(traces).filter(({ origins }) => !origins.some(({ traceId }) => traces.spans.tellsOf(traceId)))
}

function workIn({ told }: Traces): readonly Work[] {
  const lastEnd = told?.lastEnd ?? 0
  return (told?.work ?? []).filter(
    ({ origins }) => origins.length > 0 && origins.every(({ sampled, seq }) => sampled && seq > lastEnd),
  )
}

function childrenIn(traces: Traces): readonly Child[] {
  const lastEnd = traces.told?.lastEnd ?? 0
  const origins = new Map(
    [...(traces.told?.work ?? []), ...traces.carriers]
      .flatMap((one) => one.origins)
      .filter(({ sampled, seq }) => sampled && seq > lastEnd)
      .map((origin) => [origin.traceId, origin]),
  )
  const spans = [...origins.values()].flatMap((origin) =>
    traces.spans.of(origin.traceId).map(
      (span): Child => ({
        says: `the span ${span.name} of ${span.service}`,
        seq: span.seq,
        parentId: span.parentId,
        spanId: span.spanId,
        origin,
      }),
    ),
  )
  const contexts = traces.carriers.flatMap((carrier): Child[] => {
    const context = contextOf(carrier)
    const origin = context && originIn(carrier, context)
    if (!context || !origin || !origins.has(origin.traceId)) return []
    return [
      { says: `the context of ${carrier.says}`, seq: carrier.event.seq, parentId: context.spanId, origin },
    ]
  })
  return [...spans, ...contexts]
}

function hasParent({ parentId, spanId, origin }: Child, { spans }: Traces): boolean {
  if (parentId === null || parentId === spanId) return false
  return parentId === origin.spanId || spans.of(origin.traceId).some((span) => span.spanId === parentId)
}

function spanIn(traces: Traces | undefined): EventOf<'span'> | undefined {
  if (traces?.told === undefined) return undefined
  const child = childrenIn(traces).find(({ spanId }) => spanId !== undefined)
  return child && traces.spans.of(child.origin.traceId).find(({ seq }) => seq === child.seq)
}
