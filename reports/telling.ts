import { ATTEMPT } from '../proof/history/attempt-messages.ts'
import type { Fields, HistoryEvent } from '../proof/history/event.ts'

/** An event in one short line, most telling first: a timeline cuts what does not fit. */
export function tell(event: HistoryEvent): string {
  try {
    return inWords(event)
  } catch {
    // A history from elsewhere may lack a field; its kind still says something.
    return event.kind
  }
}

function inWords(event: HistoryEvent): string {
  switch (event.kind) {
    case 'op.invoke':
      return `command ${event.op} for ${event.key}, amount ${event.amount}${event.refused ? ', to be refused' : ''}`
    case 'op.ok':
      return `${event.op} confirmed (${event.status})`
    case 'op.fail':
      return `${event.op} refused (${event.status}): ${event.reason}`
    case 'op.info':
      return `${event.op} without an answer: ${event.reason}`
    case 'pg.tx':
      return `commit ${lsn(event.commitLsn)} · xid ${event.xid} · ${changes(event.rows)}`
    case 'pg.message':
      return event.prefix === ATTEMPT.made
        ? `an attempt at event ${event.content}`
        : `logical message ${event.prefix}: ${event.content}`
    case 'pg.xact':
      return `xid ${event.xid} is ${event.status}`
    case 'pg.slot':
      return `slot ${event.slot} flushed to ${position(event.confirmedFlushLsn)} of ${lsn(event.currentLsn)}`
    case 'pg.flushed':
      return `every commit up to ${lsn(event.lsn)} was seen`
    case 'gate.closed':
      return `${event.gate} gate closed for ${event.key}`
    case 'gate.waiting':
      return `${event.applicationName || 'a backend'} (pid ${event.pid}) waits at the ${event.gate} gate`
    case 'gate.opened':
      return `${event.gate} gate opened for ${event.key}`
    case 'k.record':
      return `${at(event)} · key ${event.key ?? 'null'} · ${idOf(event.headers)}${event.valueBytes} bytes`
    case 'k.control':
      return `${at(event)} · transaction ${event.outcome}`
    case 'k.end':
      return `${event.topic}/${event.partition} read from ${event.from} to ${event.end} without a gap`
    case 'k.removed':
      return `${event.topic}/${event.partition}: offsets ${event.from} to ${event.to - 1} were gone before they were read`
    case 'k.commit':
      return `${event.group} committed offset ${event.offset} of ${event.topic}/${event.partition}`
    case 'k.client':
      return `${event.clientId} asks for acks=${acksInWords(event.acks)}, ${event.idempotent ? '' : 'not '}idempotent`
    case 'proc':
      return `${event.service} #${event.instance} ${event.event}${event.signal ? ` by ${event.signal}` : ''} (${event.id})`
    case 'fault.injected':
      return `${event.fault} injected into ${event.target}: ${event.effect}`
    case 'fault.took-effect':
      return `${event.fault} took effect on ${event.target}: ${event.evidence}`
    case 'fault.healed':
      return `${event.fault} healed on ${event.target}${event.verified ? '' : ', not verified'}`
    case 'fault.broken':
      return `${event.fault} broke on ${event.target}: ${event.reason}`
    case 'fact':
      return `${event.name} of ${event.subject} is ${typeof event.value === 'object' ? JSON.stringify(event.value) : event.value}`
    case 'observer.gap':
      return `${event.observer} lost sight: ${event.reason}`
    case 'phase':
      return `phase ${event.phase}${event.window ? ` of ${event.window}` : ''}`
    case 'note':
      return event.text
    case 'input':
      return `${event.event} published to ${at(event)}${event.copy > 1 ? `, copy ${event.copy}` : ''}${event.failures === 0 ? '' : `, ${event.failures < 0 ? 'always' : `${event.failures} times`} to fail`}${event.expect === 'nothing' ? ', in a Kafka transaction that is aborted' : ''}`
    case 'call':
      return `call to ${event.stub} answered ${event.status} after ${Math.round(event.endedAt - event.startedAt)} ms · ${event.idempotencyKey === null ? 'no idempotency key' : `key ${event.idempotencyKey}`}`
    case 'alert':
      return `alert ${event.name} about ${event.subject}`
    case 'k.group':
      return `${event.group} generation ${event.generation}: ${event.members.map((member) => `${member.clientId} has ${partitions(member)}`).join('; ') || 'no member'}`
    case 'k.asked':
      return `${event.clientId} asks in ${event.api}: ${Object.entries(event.settings)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ')}`
    case 'k.committing':
      return `${event.clientId} asks to commit ${event.offsets.map((one) => `${at(one)}`).join(', ')}`
    case 'k.cadence':
      return `${event.clientId} sent ${event.count} requests of ${event.api}${event.median === null ? '' : `, one every ${Math.round(event.median)} ms`}`
    case 'k8s.event':
      return `${event.reason} of ${event.object}${event.message && `: ${event.message}`}`
    case 'k8s.object':
      return `${event.resource} ${event.name} ${event.change}: ${Object.entries(event.fields)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ')}`
    case 'scale.sample':
      return `lag ${event.lag} · ${event.replicas} replicas, ${event.ready} ready · ${event.inFlight} events in flight`
    case 'backlog.look':
      return `${event.backlog}: ${event.parts.map(({ part, end, done }) => `${part && `${part}: `}${done ?? 'none'} of ${end}`).join(', ')}`
    case 'backlog.told':
      return event.reason === undefined
        ? `${event.monitor} says ${event.told.map(({ backlog, part, waits }) => `${backlog}${part === null ? '' : ` ${part}`}: ${waits}`).join(', ') || 'nothing'}`
        : `${event.monitor} gives no answer: ${event.reason}`
    case 'lint':
      return `${event.file}:${event.line} ${event.rule}: ${event.found}`
    default:
      return event.kind
  }
}

function partitions({ partitions }: Extract<HistoryEvent, { kind: 'k.group' }>['members'][number]): string {
  return partitions.map(({ topic, partition }) => `${topic}/${partition}`).join(' ') || 'nothing'
}

/** Kafka's −1 is what people call all. */
export function acksInWords(acks: number): string {
  return acks === -1 ? 'all' : String(acks)
}

/** As Postgres prints it: `0/1A2B3C`. */
export function lsn(value: number): string {
  const low = value % 0x1_0000_0000
  return `${Math.floor(value / 0x1_0000_0000).toString(16)}/${low.toString(16)}`.toUpperCase()
}

function position(value: number | null): string {
  return value === null ? 'nothing' : lsn(value)
}

function changes(rows: Extract<HistoryEvent, { kind: 'pg.tx' }>['rows']): string {
  const names = rows.map((row) => `${row.op} ${row.table}`)
  const counted = new Map<string, number>()
  for (const name of names) counted.set(name, (counted.get(name) ?? 0) + 1)
  return [...counted].map(([name, n]) => (n > 1 ? `${n} × ${name}` : name)).join(', ') || 'no rows'
}

function at(event: { readonly topic: string; readonly partition: number; readonly offset: number }): string {
  return `${event.topic}/${event.partition} @ ${event.offset}`
}

function idOf(headers: Fields): string {
  const id = ID_HEADERS.map((name) => headers[name]).find((value) => value)
  return id ? `event ${id.length > 13 ? `${id.slice(0, 8)}…` : id} · ` : ''
}

/** Where event ids usually are; only for the label. */
const ID_HEADERS = ['eventId', 'ce_id', 'id']
