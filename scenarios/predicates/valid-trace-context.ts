import { counterexample, held, more, violated } from '../../proof/findings.ts'
import { traceContextOf } from '../../proof/history/trace-context.ts'
import { mutated } from '../../proof/mutation.ts'
import { predicate } from './predicate.ts'
import { type Carrier, recordIn, type Traces, withContexts } from './traces.ts'

/**
 * TR2. A record that carries a trace context carries one, and a valid one.
 *
 * What can violate it: a header that each hop adds and none replaces; an instrumentation beside code that copies it; a
 * context that is written in capitals, or cut off. A reader takes the first or the last of two, as it likes, and drops
 * what is invalid.
 * How it is seen: in all headers of the record with the declared name, in any case of its letters.
 * Source of the rule: W3C Trace Context, `traceparent`.
 */
export const validTraceContext = predicate({
  id: 'TR2',
  title: 'trace context',
  claim: 'each record carries one valid trace context',
  promise: 'Each record carries one trace context, valid by W3C Trace Context.',
  formal:
    'of every row, record and call that carries a context: it carries one, with a version, ids that are not zero and flags, in lower-case hex',
  controls: ['O4'],
  onlyWhereAsked: true,
  violations: {
    'two-trace-contexts': { means: 'A record has more than one header with a trace context.' },
    'invalid-trace-context': { means: 'A trace context is not valid by W3C Trace Context.' },
  },
  undeclared: ({ traces }) => (traces === undefined ? 'it does not declare tracing' : undefined),
  check({ traces }) {
    const asked = carryingIn(traces)
    const wrong = asked.filter((one) => offenceOf(one) !== undefined)
    const [first] = wrong
    const says = first && offenceOf(first)
    if (first === undefined || says === undefined) return held(this.id, asked.length)
    const name = first.contexts.length > 1 ? 'two-trace-contexts' : 'invalid-trace-context'
    const told = `${first.says} ${says}${more(wrong.length)}`
    const subject = first.id === undefined ? {} : { eventId: first.id }
    return violated(this.id, name, counterexample(told, [first.event.seq], subject))
  },
  /** A record gets a second context. */
  mutation: {
    says: 'give a record a second trace context',
    names: ['two-trace-contexts'],
    applies: ({ traces }) => traces !== undefined && recordIn(traces) !== undefined,
    apply({ events, traces }) {
      const victim = traces && recordIn(traces)
      if (victim === undefined) return undefined
      const [context = ''] = victim.contexts
      return mutated(events, {
        replaced: [withContexts(victim.event, traces?.header ?? '', [context, context])],
      })
    },
  },
})

function carryingIn(traces: Traces | undefined): readonly Carrier[] {
  return (traces?.carriers ?? []).filter(({ contexts }) => contexts.length > 0)
}

function offenceOf({ contexts: [only = '', ...others] }: Carrier): string | undefined {
  if (others.length > 0)
    return `carries ${1 + others.length} trace contexts: ${[only, ...others].join(' and ')}. What to do: replace the header where a span of its own is sent on, and add none`
  const read = traceContextOf(only)
  return typeof read === 'string' ? `carries '${only}': ${read}` : undefined
}
