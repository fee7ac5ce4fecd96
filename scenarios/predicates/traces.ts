import type { EventOf } from '../../proof/history/event.ts'
import { headerValues, type TraceContext, traceContextOf } from '../../proof/history/trace-context.ts'
import type { SpanLog } from './span-log.ts'

/** How a subject passed on the traces that the harness began. */
export interface Traces {
  /** Of records, as declared. */
  readonly header: string
  /** Whatever follows from a command, or from a record that was delivered, and should carry its trace. */
  readonly carriers: readonly Carrier[]
  /** What its spans should tell of; undefined where it does not declare to export some. */
  readonly told: ToldWork | undefined
  readonly spans: SpanLog
}

/** Work that was done, and when spans of it may be lost. */
export interface ToldWork {
  /** Each with a context that was sent with its command, or with its event. */
  readonly work: readonly Work[]
  /** `seq` of the last end of a process of the subject, which takes spans with it that nobody has got yet; 0 for none. */
  readonly lastEnd: number
}

export interface Work extends Pick<Carrier, 'says' | 'id'> {
  /** What shows that it was done. */
  readonly seq: number
  readonly origins: readonly Origin[]
}

/** A row, a record or a call that a trace context travels with. */
export interface Carrier {
  /** "the record at order-events/0@17" */
  readonly says: string
  readonly event: EventOf<'pg.tx'> | EventOf<'k.record'> | EventOf<'call'>
  /** As they stand there; none where it carries none. */
  readonly contexts: readonly string[]
  /** What the harness sent with what it follows from; several where that was sent several times. */
  readonly origins: readonly Origin[]
  /** Of the event that it is about. */
  readonly id?: string | undefined
}

export interface Origin extends TraceContext {
  /** `seq` of the command or of the delivered record. */
  readonly seq: number
}

/** A context that the harness sent; nothing where it sent none. */
export function originOf(traceparent: string | undefined, seq: number): readonly Origin[] {
  const context = traceContextOf(traceparent ?? '')
  return typeof context === 'string' ? [] : [{ ...context, seq }]
}

/** What carries exactly one context that is valid. */
export function contextOf({ contexts: [only, ...others] }: Carrier): TraceContext | undefined {
  const context = only === undefined || others.length > 0 ? undefined : traceContextOf(only)
  return typeof context === 'string' ? undefined : context
}

/** The origin whose trace something is in, if it is not in one that has a link to it. */
export function originIn({ origins }: Carrier, { traceId }: TraceContext): Origin | undefined {
  return origins.find((origin) => origin.traceId === traceId)
}

/** The first record that carries one valid context: with a header of its own it can be made a bad one. */
export function recordIn({
  carriers,
}: Traces): (Carrier & { readonly event: EventOf<'k.record'> }) | undefined {
  return carriers.find(
    (one): one is Carrier & { readonly event: EventOf<'k.record'> } =>
      one.event.kind === 'k.record' && contextOf(one) !== undefined,
  )
}

/** The record with these values of the header, and no others. */
export function withContexts(
  record: EventOf<'k.record'>,
  header: string,
  contexts: readonly string[],
): EventOf<'k.record'> {
  const isIt = (name: string) => name.toLowerCase() === header.toLowerCase()
  const { earlier: _, ...rest } = record
  const headers = Object.fromEntries(Object.entries(record.headers).filter(([name]) => !isIt(name)))
  const last = contexts.at(-1)
  const earlier = [
    ...(record.earlier ?? []).filter(({ name }) => !isIt(name)),
    ...contexts.slice(0, -1).map((value) => ({ name: header, value })),
  ]
  return {
    ...rest,
    headers: last === undefined ? headers : { ...headers, [header]: last },
    ...(earlier.length === 0 ? {} : { earlier }),
  }
}

/** A record as what carries a context. */
export function carryingRecord(
  record: EventOf<'k.record'>,
  header: string,
  origins: readonly Origin[],
  id: string | undefined,
): Carrier {
  const { topic, partition, offset } = record
  const says = `the record at ${topic}/${partition}@${offset}`
  return { says, event: record, contexts: headerValues(record, header), origins, id }
}
