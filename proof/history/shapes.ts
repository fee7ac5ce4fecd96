import type { EventKind, EventOf } from './event.ts'

/** How a field looks in a line: `?` means that it may also be null, `[]` a list. */
export type FieldShape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'string?'
  | 'number?'
  | 'any'
  | 'object'
  | 'object[]'
  | 'string[]'

type Required<K extends EventKind> = {
  [F in keyof EventOf<K> as undefined extends EventOf<K>[F] ? never : F]: EventOf<K>[F]
}
type Shapes = {
  readonly [K in EventKind]: Readonly<
    Record<Exclude<keyof Required<K>, 'seq' | 'at' | 'scenario' | 'kind'>, FieldShape>
  >
}

const gate = { gate: 'string', key: 'string' } as const
const fault = { fault: 'string', target: 'string' } as const

/** The required fields of each kind of event. The compiler keeps it complete; the reader and the JSON Schema use it. */
export const SHAPES: Shapes = {
  'scenario.plan': { plan: 'object' },
  'scenario.end': { completed: 'boolean' },
  phase: { phase: 'string' },
  'op.invoke': {
    op: 'string',
    key: 'string',
    amount: 'number',
    idempotencyKey: 'string',
    traceparent: 'string',
    refused: 'boolean',
  },
  'op.ok': { op: 'string', status: 'number' },
  'op.fail': { op: 'string', status: 'number', reason: 'string' },
  'op.info': { op: 'string', reason: 'string' },
  'pg.tx': {
    xid: 'string',
    beginLsn: 'number',
    commitLsn: 'number',
    committedAt: 'number',
    rows: 'object[]',
    messages: 'object[]',
  },
  'pg.message': { prefix: 'string', content: 'string', lsn: 'number' },
  'pg.xact': { xid: 'string', status: 'string' },
  'pg.slot': {
    slot: 'string',
    active: 'boolean',
    confirmedFlushLsn: 'number?',
    restartLsn: 'number?',
    walStatus: 'string?',
    currentLsn: 'number',
  },
  'pg.flushed': { lsn: 'number' },
  'gate.closed': gate,
  'gate.waiting': { ...gate, pid: 'number', applicationName: 'string', xid: 'string?', query: 'string' },
  'gate.opened': gate,
  'k.record': {
    topic: 'string',
    partition: 'number',
    offset: 'number',
    timestamp: 'number',
    key: 'string?',
    value: 'string?',
    valueBytes: 'number',
    headers: 'object',
    producerId: 'number',
    producerEpoch: 'number',
    sequence: 'number',
    transactional: 'boolean',
  },
  'k.control': {
    topic: 'string',
    partition: 'number',
    offset: 'number',
    producerId: 'number',
    outcome: 'string',
  },
  'k.removed': { topic: 'string', partition: 'number', from: 'number', to: 'number' },
  'k.end': { topic: 'string', partition: 'number', from: 'number', end: 'number' },
  'k.commit': { group: 'string', topic: 'string', partition: 'number', offset: 'number', position: 'number' },
  'k.group': {
    group: 'string',
    type: 'string',
    generation: 'number',
    protocol: 'string?',
    members: 'object[]',
    position: 'number',
  },
  'k.asked': { clientId: 'string', software: 'string?', api: 'string', settings: 'object' },
  'k.committing': {
    clientId: 'string',
    group: 'string',
    memberId: 'string',
    generation: 'number',
    offsets: 'object[]',
  },
  'k.cadence': {
    clientId: 'string',
    software: 'string?',
    group: 'string',
    api: 'string',
    count: 'number',
    median: 'number?',
    short: 'number?',
    long: 'number?',
  },
  'k.client': {
    clientId: 'string',
    acks: 'number',
    idempotent: 'boolean',
    transactional: 'boolean',
    apiVersion: 'number',
    topics: 'string[]',
  },
  input: {
    event: 'string',
    key: 'string',
    amount: 'number',
    version: 'number',
    copy: 'number',
    topic: 'string',
    partition: 'number',
    offset: 'number',
    expect: 'string',
    failures: 'number',
    retriable: 'boolean',
  },
  call: {
    stub: 'string',
    idempotencyKey: 'string?',
    status: 'number',
    startedAt: 'number',
    endedAt: 'number',
  },
  span: {
    service: 'string',
    name: 'string',
    traceId: 'string',
    spanId: 'string',
    parentId: 'string?',
    role: 'string',
    startedAt: 'number',
    endedAt: 'number',
    links: 'object[]',
    failed: 'boolean',
  },
  alert: { name: 'string', subject: 'string', body: 'string' },
  'k8s.object': { resource: 'string', name: 'string', change: 'string', fields: 'object' },
  'k8s.event': { reason: 'string', object: 'string', message: 'string', source: 'string' },
  'scale.sample': {
    committed: 'number',
    end: 'number',
    lag: 'number',
    metric: 'number?',
    desired: 'number?',
    replicas: 'number',
    ready: 'number',
    pods: 'object',
    inFlight: 'number',
  },
  'backlog.look': { backlog: 'string', parts: 'object[]' },
  'backlog.told': { monitor: 'string', status: 'number', told: 'object[]' },
  lint: {
    rule: 'string',
    severity: 'string',
    file: 'string',
    line: 'number',
    object: 'string',
    found: 'string',
    fix: 'string',
  },
  proc: { service: 'string', instance: 'number', id: 'string', event: 'string' },
  'fault.injected': { ...fault, effect: 'string' },
  'fault.took-effect': { ...fault, evidence: 'string' },
  'fault.healed': { ...fault, verified: 'boolean' },
  'fault.broken': { ...fault, reason: 'string' },
  fact: { name: 'string', subject: 'string', value: 'any' },
  'observer.gap': { observer: 'string', reason: 'string' },
  claim: { claim: 'string', outcome: 'string', says: 'string', place: 'string' },
  note: { text: 'string' },
}

/** Whether a value has the shape. */
export function fits(value: unknown, shape: FieldShape): boolean {
  switch (shape) {
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === shape
    case 'string?':
      return value === null || typeof value === 'string'
    case 'number?':
      return value === null || typeof value === 'number'
    case 'any':
      return value !== undefined
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    default:
      return Array.isArray(value)
  }
}
