import type { Control, Stage } from './control.ts'

export type { Control, Stage } from './control.ts'

export const STAGES: readonly { readonly id: Stage; readonly title: string }[] = [
  { id: 'design', title: 'Design' },
  { id: 'publish', title: 'Publish' },
  { id: 'consume', title: 'Consume' },
  { id: 'operate', title: 'Operate' },
]

type Later = Pick<Control, 'id' | 'title' | 'asks' | 'ko' | 'methods' | 'judgedBy'> &
  Partial<Pick<Control, 'limits' | 'partly' | 'byName'>>

const later =
  (stage: Stage) =>
  (control: Later): Control => ({
    stage,
    limits: [],
    ...control,
  })

const DESIGN = [
  {
    id: 'D1',
    title: 'Sync and async boundary',
    asks: 'The boundary between synchronous and asynchronous communication is clear.',
    ko: '동기/비동기 통신 경계를 명확히 정의했는가?',
    methods: ['measured', 'declared'],
    judgedBy:
      'What each client writes and reads, from the bytes of its requests, against the config or the service’s AsyncAPI document.',
    limits: [
      'Covers what the services did in this run; a code path that did not run was not seen.',
      'A synchronous call in the place of an event is not seen.',
    ],
    byName: true,
    partly: true,
  },
  {
    id: 'D2',
    title: 'CloudEvents',
    asks: 'Every event is a valid CloudEvent.',
    ko: '이벤트 스키마에 CloudEvents 표준을 적용했는가?',
    methods: ['measured'],
    judgedBy: 'Every record on every declared topic is a valid CloudEvent, in structured or binary mode.',
    limits: [
      'Structured events are read as JSON; other formats of CloudEvents are not.',
      'Ids are judged over the events of this run, not over the life of the service.',
    ],
    byName: true,
    partly: true,
  },
  {
    id: 'D3',
    title: 'Versioned schemas',
    asks: 'Schemas are versioned in a Schema Registry.',
    ko: 'Schema Registry를 통한 스키마 버저닝을 구성했는가?',
    methods: ['measured', 'proved'],
    judgedBy:
      'Each schema id resolves, was registered before its append for the topic’s subject, and the payload is written by it; also where the registry does not answer, answers late or with errors, takes no new schema or has lost one: nothing is lost.',
    limits: [
      'Asked of publishers and of what consumers publish, where that is declared to be written through a registry.',
    ],
    byName: true,
    partly: true,
  },
  {
    id: 'D4',
    title: 'Compatibility level',
    asks: 'A schema compatibility level is chosen and it protects readers.',
    ko: '스키마 호환성 레벨(BACKWARD/FORWARD/FULL)을 결정했는가?',
    methods: ['measured'],
    judgedBy:
      'The level is set on the subject; the five evolution rules are tried against it; old and new producers meet old and new consumers.',
    limits: [
      'The registry is ours, with the declared schemas; what runs in production has another one.',
      'Which rules a registry enforces for a format is its own; changes are tried on one field of the newest version.',
    ],
    byName: true,
    partly: true,
  },
  {
    id: 'D5',
    title: 'Topics by domain',
    asks: 'Topics are split by domain.',
    ko: '도메인별 토픽 분리 전략을 수립했는가?',
    methods: ['measured'],
    judgedBy: 'Source and type of the CloudEvents on each topic: one source a topic, one topic a type.',
    limits: [
      'A domain is a CloudEvents source; events without one can not be told apart.',
      'Two services that publish to one topic are seen where one scenario runs both.',
    ],
    byName: true,
    partly: true,
  },
] satisfies Later[]

const PUBLISH: readonly Control[] = [
  {
    id: 'P1',
    stage: 'publish',
    title: 'Atomic publishing',
    asks: 'What a transaction commits is published, what it rolls back is not, whatever fails in between.',
    ko: 'Transactional Outbox 또는 CDC로 발행 원자성을 보장하는가?',
    methods: ['proved'],
    judgedBy:
      'Faults inside every window where an outbox breaks; the database’s own log is compared with the topic’s, record by record.',
    limits: [
      'One broker, one database node: losing a replicated quorum is not tried.',
      'The schedule of faults repeats from the seed; the interleaving of the operating system does not.',
    ],
  },
  {
    id: 'P2',
    stage: 'publish',
    title: 'Unique event id',
    asks: 'Every event has an id of its own that stays the same across resends, restarts and relays.',
    ko: '이벤트에 고유 ID (eventId)가 포함되어 있는가?',
    methods: ['proved'],
    judgedBy: 'Ids of all committed events and of all their copies on the log, through every fault of P1.',
    limits: ['Uniqueness is judged over the events of this run, not over the life of the service.'],
  },
  {
    id: 'P3',
    stage: 'publish',
    title: 'Idempotence and acks=all',
    asks: 'Every producer asks for acks=all and is idempotent.',
    ko: 'Producer의 idempotence=true, acks=all 설정을 확인했는가?',
    methods: ['measured'],
    judgedBy:
      'Read from the bytes of each client’s requests and from the stored batches, not from its settings.',
    limits: ['Covers the clients that produced during this run; a code path that did not run was not seen.'],
  },
  {
    id: 'P4',
    stage: 'publish',
    title: 'Payload below 1 MB',
    asks: 'Events stay below 1 MB, and one that does not blocks and loses nothing else.',
    ko: '이벤트 페이로드 크기가 적정한가? (1MB 미만 권장)',
    methods: ['measured'],
    judgedBy: 'Sizes of all stored values; an event over the limit is sent among good ones.',
    limits: ['Sizes are those of this run’s load, not of production data.'],
  },
]

const CONSUME: readonly Control[] = [
  {
    id: 'C1',
    stage: 'consume',
    title: 'Idempotent consumers',
    asks: 'Each delivered event takes effect exactly once.',
    ko: 'Idempotent Consumer로 중복 처리를 방지하는가?',
    methods: ['proved'],
    judgedBy:
      'Duplicates of every kind, crashes and zombies between effect and offset; effects are read from the database’s own log.',
    limits: [
      'An event is recognised by its declared id, or by an amount that no other event has.',
      'Calls to the outside are seen where they go to the stub that stands in for it.',
    ],
  },
  {
    id: 'C2',
    stage: 'consume',
    title: 'Dead letters with an alert',
    asks: 'What cannot be processed is retried as declared, reaches a dead-letter topic, and someone is told.',
    ko: 'DLQ(Dead Letter Queue)를 설정하고 알림을 연동했는가?',
    methods: ['proved', 'drilled'],
    judgedBy:
      'Failures that pass and failures that stay, poison records, a dead-letter topic that is unavailable or missing; the alert has to arrive.',
    limits: [
      'Times of attempts are those at which they were seen; the error of that is printed beside them.',
    ],
    partly: true,
  },
  {
    id: 'C3',
    stage: 'consume',
    title: 'Partition assignment',
    asks: 'The assignment of partitions was reviewed and keeps order per key.',
    ko: 'Consumer Group의 파티션 할당 전략을 검토했는가?',
    methods: ['proved', 'measured'],
    judgedBy: 'Keys per partition, consumers against partitions; order per key through rebalances.',
    limits: ['Skew is that of this run’s keys, not of production data.'],
  },
  {
    id: 'C4',
    stage: 'consume',
    title: 'Cooperative rebalancing',
    asks: 'A rebalance does not stop partitions that do not move.',
    ko: 'CooperativeStickyAssignor로 리밸런싱 영향을 최소화했는가?',
    methods: ['measured', 'proved'],
    judgedBy:
      'The group’s protocol, read from its members’ requests (KIP-848 counts); a rolling restart under load.',
    limits: ['Covers the members that were seen in this run.'],
  },
  {
    id: 'C5',
    stage: 'consume',
    title: 'Manual commit',
    asks: 'No offset is committed past an effect that is not durable.',
    ko: 'enable.auto.commit=false로 수동 커밋을 사용하는가?',
    methods: ['proved'],
    judgedBy: 'Effects are held open while the log of offset commits is watched.',
    limits: ['The setting itself is not visible to a broker; what it must not do is what is judged.'],
  },
]

const SCALING: Control = {
  id: 'O1',
  stage: 'operate',
  title: 'KEDA scaling',
  asks: 'KEDA scales consumers from zero and back, and nothing is missed.',
  ko: 'KEDA ScaledObject로 Consumer 자동 스케일링을 구성했는가?',
  methods: ['proved'],
  judgedBy:
    'A real control plane and a real KEDA: rest, activation, scaling, drain and return, sampled each second; the ScaledObject is linted.',
  limits: [
    'Where pods run as local processes there is no image, no volume and no network of their own.',
    'Times hold for this machine and this profile; the longest time between two looks is their error.',
  ],
}

const OPERATE = [
  {
    id: 'O2',
    title: 'Consumer lag and its alert',
    asks: 'Consumer lag is watched and an alert fires.',
    ko: 'Consumer Lag 모니터링 및 알림을 설정했는가?',
    methods: ['measured', 'drilled'],
    judgedBy:
      'Each answer of the monitor lies between two looks at what is so: the broker’s own offsets, also with all consumers dead and a partition added, and where they are watched the dead letters, the outbox and the WAL of a slot; a real Prometheus evaluates the rules, and each alert fires and clears.',
    limits: [
      'What the config declares as watched is judged: dead letters, the outbox and replication slots only where it names their metrics.',
      'In the quick pace the rule’s `for` is shortened; its expression is evaluated as it is written.',
      'That the alert reaches the webhook is seen; whom it wakes is not.',
    ],
  },
  {
    id: 'O3',
    title: 'Redrive of dead letters',
    asks: 'Dead letters can be processed again by a documented procedure.',
    ko: 'DLQ 메시지 재처리 절차를 문서화했는가?',
    methods: ['drilled'],
    judgedBy: 'Automatic, manual and parking-lot redrive; each redriven event takes effect once.',
    partly: true,
  },
  {
    id: 'O4',
    title: 'Distributed tracing',
    asks: 'One trace follows an event from the command to its effect.',
    ko: '이벤트 흐름에 분산 추적(Distributed Tracing)을 적용했는가?',
    methods: ['measured'],
    judgedBy:
      'Each command and each delivered event begins a trace; outbox rows, records, retries, dead letters, redrives, outputs and calls that follow from it are looked at, through crashes as well, and the spans that are exported of it.',
    limits: [
      'Spans that a process had when it was killed are lost: of traces that began before, none is missed.',
      'A trace context is read from the declared header of a record, and from the header traceparent of a call.',
      'Calls to the outside are seen where they go to the stub that stands in for it.',
    ],
    byName: true,
    partly: true,
  },
] satisfies Later[]

/** The 18 controls, in the order of the guide's checklist. */
export const CONTROLS: readonly Control[] = [
  ...DESIGN.map(later('design')),
  ...PUBLISH,
  ...CONSUME,
  SCALING,
  ...OPERATE.map(later('operate')),
]
