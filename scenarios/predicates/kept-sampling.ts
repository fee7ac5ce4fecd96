import type { Finding } from '../../proof/finding.ts'
import { counterexample, held, more, violated } from '../../proof/findings.ts'
import { mutated } from '../../proof/mutation.ts'
import { predicate } from './predicate.ts'
import { type Carrier, contextOf, type Origin, originIn, type Traces, withContexts } from './traces.ts'

interface Decided {
  readonly carrier: Carrier
  readonly origin: Origin
  readonly sampled: boolean
}

/**
 * TR3. Whether a trace is sampled is decided once, where it begins.
 *
 * What can violate it: a context that is put together anew with the flags 01; a sampler that asks no parent. A trace
 * that was to cost nothing is stored from there on, without its beginning; or one that was to be stored has holes.
 * How it is seen: one in four of the harness's traces is not sampled; what carries it on has the flag of its origin.
 * Source of the rule: W3C Trace Context, the sampled flag.
 */
export const keptSampling = predicate({
  id: 'TR3',
  title: 'sampling',
  claim: 'a trace that is not sampled stays so',
  promise: 'Whether a trace is sampled stays as it was decided where it began.',
  formal:
    'the sampled flag of every context in a trace of the harness is that of its origin; no span is exported of a trace that is not sampled',
  controls: ['O4'],
  onlyWhereAsked: true,
  violations: {
    'sampled-out-flag-lost': { means: 'A trace that was not sampled is sampled from some hop on.' },
    'sampled-out-exported': { means: 'A span of a trace that was not sampled is exported.' },
    'sampled-flag-lost': { means: 'A trace that was sampled is not from some hop on.' },
  },
  undeclared: ({ traces }) => (traces === undefined ? 'it does not declare tracing' : undefined),
  check({ traces }) {
    const asked = decidedIn(traces)
    const wrong = asked.filter(({ origin, sampled }) => origin.sampled !== sampled)
    const [first] = wrong
    if (first === undefined)
      return exportedIn(traces) ?? held(this.id, asked.length + sampledOut(traces).length)
    const { carrier, origin } = first
    const name = origin.sampled ? 'sampled-flag-lost' : 'sampled-out-flag-lost'
    const [was, is] = origin.sampled ? ['sampled', 'not'] : ['not sampled', 'sampled']
    const says = `${carrier.says} says that trace ${origin.traceId} is ${is}, and it was begun as ${was}${more(wrong.length)}. What to do: keep the flags of the context that came, with a sampler that asks the parent`
    const subject = carrier.id === undefined ? {} : { eventId: carrier.id }
    return violated(this.id, name, counterexample(says, [origin.seq, carrier.event.seq], subject))
  },
  /** A record says the contrary. */
  mutation: {
    names: ['sampled-out-flag-lost', 'sampled-flag-lost'],
    says: 'turn the sampled flag of a record over',
    applies: ({ traces }) => victimIn(traces) !== undefined,
    apply({ events, traces }) {
      const victim = victimIn(traces)
      const { event, contexts } = victim?.carrier ?? {}
      if (victim === undefined || event?.kind !== 'k.record') return undefined
      const turned = `${contexts?.[0]?.slice(0, 53)}${victim.sampled ? '00' : '01'}`
      return mutated(events, { replaced: [withContexts(event, traces?.header ?? '', [turned])] })
    },
  },
})

/** What is in another trace is TR1's. */
function decidedIn(traces: Traces | undefined): readonly Decided[] {
  return (traces?.carriers ?? []).flatMap((carrier) => {
    const context = contextOf(carrier)
    const origin = context && originIn(carrier, context)
    return context && origin ? [{ carrier, origin, sampled: context.sampled }] : []
  })
}

/** Traces that are not sampled, of what exports its spans: also of what goes on in another trace, with a link. */
function sampledOut(traces: Traces | undefined): readonly Origin[] {
  if (traces?.told === undefined) return []
  return traces.carriers.flatMap(({ origins }) => origins.filter(({ sampled }) => !sampled))
}

function exportedIn(traces: Traces | undefined): Finding | undefined {
  for (const origin of sampledOut(traces)) {
    const [span, ...others] = traces?.spans.of(origin.traceId) ?? []
    if (span === undefined) continue
    const says = `${span.service} exports the span ${span.name} of trace ${origin.traceId}, which is not sampled${more(1 + others.length)}. What to do: export what is sampled`
    return violated('TR3', 'sampled-out-exported', counterexample(says, [origin.seq, span.seq]))
  }
  return undefined
}

function victimIn(traces: Traces | undefined): Decided | undefined {
  return decidedIn(traces).find(
    ({ carrier: { event, contexts } }) => event.kind === 'k.record' && contexts[0]?.startsWith('00-'),
  )
}
