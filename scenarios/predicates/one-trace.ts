import { counterexample, held, more, violated } from '../../proof/findings.ts'
import { mutated } from '../../proof/mutation.ts'
import { predicate } from './predicate.ts'
import { type Carrier, contextOf, originIn, recordIn, type Traces, withContexts } from './traces.ts'

/**
 * TR1. Whatever follows from a command, or from a delivered record, is in its trace.
 *
 * What can violate it: an outbox without a column for the context; a relay, a retry, a dead letter or a redrive that
 * makes a record without it; a consumer that begins a trace of its own. Whoever looks for the cause of a late effect
 * finds the half of its way.
 * How it is seen: the harness gives each command and each record a trace of its own; rows, records and calls that come of
 * them are looked at, copies after a crash among them.
 * Source of the rule: the guide's checklist; W3C Trace Context.
 */
export const oneTrace = predicate({
  id: 'TR1',
  title: 'one trace',
  claim: 'one trace leads from an event’s cause to its effect',
  promise: 'Whatever follows from a command, or from a delivered record, carries on its trace.',
  formal:
    'every outbox row, record and call that follows from a command or a delivered record of the harness carries a context with its trace id, or with that of a trace of which a span has a link to it',
  controls: ['O4'],
  onlyWhereAsked: true,
  needs: 'nothing was seen that carries a trace on: no record of it, no output, retry or call',
  violations: {
    'trace-cut': {
      means: 'A row, a record or a call has no trace context, and what it follows from had one.',
    },
    'trace-begun-anew': { means: 'A record or a call is in another trace than what it follows from.' },
  },
  undeclared: ({ traces }) => (traces === undefined ? 'it does not declare tracing' : undefined),
  check({ traces }) {
    const asked = askedIn(traces)
    const lost = asked.filter((one) => !isInTrace(one, traces) && !mayBeLinked(one, traces))
    const [first] = lost
    if (first === undefined) return held(this.id, asked.length)
    const context = contextOf(first)
    const [origin] = first.origins
    const seqs = [origin?.seq, first.event.seq]
    const subject = first.id === undefined ? {} : { eventId: first.id }
    const says =
      context === undefined
        ? `${first.says} carries no trace context, and what it follows from is in trace ${origin?.traceId}${more(lost.length)}. What to do: copy the traceparent to where the event goes on`
        : `${first.says} is in trace ${context.traceId}, and what it follows from is in ${origin?.traceId}${more(lost.length)}. What to do: begin its span as a child of the context that came with the event`
    const name = context === undefined ? 'trace-cut' : 'trace-begun-anew'
    return violated(this.id, name, counterexample(says, seqs, subject))
  },
  /** A record loses its context. */
  mutation: {
    says: 'take the trace context from a record',
    names: ['trace-cut'],
    applies: ({ traces }) => traces !== undefined && recordIn(traces) !== undefined,
    apply({ events, traces }) {
      const victim = traces && recordIn(traces)
      return victim && mutated(events, { replaced: [withContexts(victim.event, traces.header, [])] })
    },
  },
})

/** What carries several contexts, or a wrong one, is TR2's. */
function askedIn(traces: Traces | undefined): readonly Carrier[] {
  return (traces?.carriers ?? []).filter(
    (one) => one.origins.length > 0 && (one.contexts.length === 0 || contextOf(one) !== undefined),
  )
}

/** What is done for a batch may be a trace of its own, with a link to each that it follows from. */
function isInTrace(one: Carrier, traces: Traces | undefined): boolean {
  const context = contextOf(one)
  if (context === undefined) return false
  if (originIn(one, context) !== undefined) return true
  return one.origins.some(({ traceId }) => traces?.spans.isLinked(context.traceId, traceId) === true)
}

/** The span that has the links went with the process that ended: nobody knows of what trace it was. */
function mayBeLinked(one: Carrier, traces: Traces | undefined): boolean {
  const context = contextOf(one)
  if (context === undefined || traces?.told === undefined) return false
  const { lastEnd } = traces.told
  return one.origins.every(({ seq }) => seq < lastEnd) && traces.spans.of(context.traceId).length === 0
}
