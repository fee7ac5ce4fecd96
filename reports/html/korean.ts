import { KOREAN_ANTI_PATTERNS } from './korean-anti-patterns.ts'

/**
 * What our own words in a report are in Korean, by the English ones. Names, verdicts, and what was found in a run stay as
 * they were recorded.
 */
export const KOREAN = {
  ...KOREAN_ANTI_PATTERNS,
  // The page.
  'compliance report': '준수 보고서',
  '{} controls:': '통제 항목 {}개:',
  'The {} controls': '통제 항목 {}개',
  'What was judged, control by control': '통제 항목별 판정',
  'What the clients asked for': '클라이언트가 요청한 설정',
  'Read from the bytes of their requests on the way to the broker, not from their configuration.':
    '설정 파일이 아니라 브로커로 가는 요청의 바이트에서 읽은 값입니다.',
  '{} settings': '설정 {}개',
  'Features of your own': '직접 작성한 기능 시나리오',
  'They are about none of the 18 controls, and count for the verdict of the run.':
    '18개 통제 항목에는 속하지 않지만 실행 전체의 판정에는 포함됩니다.',
  interrupted: '중단됨',

  // What is declared.
  'What is attested, and what is waived': '선언된 내용과 유예된 위반',
  'People answer for this; nothing here was proved. A waived violation stays one.':
    '사람이 책임지는 내용이며 증명된 것이 아닙니다. 유예된 위반도 위반입니다.',

  // Anti-patterns.
  'Anti-patterns': '안티패턴',
  'Anti-pattern': '안티패턴',
  State: '상태',
  'What to do': '해결',
  found: '발견',
  'not there': '없음',
  'not looked at': '확인하지 못함',
  'found from {} on': '{} 이상이면 발견',
  'events {}': '이벤트 {}',
  'Ways to build that work and cost later, looked for in what was observed. They are no verdicts, and none depends on them.':
    '동작은 하지만 나중에 대가를 치르는 설계를 관측한 내용에서 찾습니다. 판정이 아니며, 어떤 판정도 여기에 좌우되지 않습니다.',

  'Left: who writes a topic; right: who reads it. Numbers are events that were announced there; ✗ marks where an anti-pattern was found.':
    '왼쪽은 토픽에 쓰는 쪽, 오른쪽은 읽는 쪽입니다. 숫자는 그 토픽에 알려진 이벤트 수이고, ✗는 안티패턴이 발견된 곳입니다.',

  // The cover.
  Design: '설계',
  Publish: '발행',
  Consume: '소비',
  Operate: '운영',
  Run: '실행',
  Started: '시작',
  Took: '소요 시간',
  Commit: '커밋',
  Tool: '도구',
  Stack: '스택',
  Seed: '시드',
  Profile: '프로파일',
  Selected: '선택',
  Twin: '변형',
  'Switched off': '끈 장애 주입',
  'Evidence root (SHA-256)': '증거 루트 해시 (SHA-256)',
  everything: '전체',
  'with local changes': '(로컬 변경 있음)',
  'not in a git checkout': 'git 체크아웃이 아님',
  'The run was interrupted. What was violated until then stays violated; nothing else is confirmed.':
    '실행이 중단되었습니다. 그때까지 위반된 것은 위반으로 남고, 그 밖의 것은 확인되지 않았습니다.',
  'No scenario ran, so nothing is proved.': '실행된 시나리오가 없으므로 증명된 것이 없습니다.',
  'Faults were switched off on purpose: without them the run says nothing.':
    '장애 주입을 일부러 껐습니다. 장애가 없으면 이 실행은 아무것도 말해 주지 않습니다.',
  'All promises were put to the test, and none was broken.': '모든 약속을 시험했으며 깨진 것은 없습니다.',
  'No promise that was put to the test was broken. The other controls are listed as not proven, with the reason.':
    '시험한 약속 가운데 깨진 것은 없습니다. 나머지 항목은 이유와 함께 미증명으로 표시됩니다.',
  'A scenario outside the controls did not hold.': '통제 항목 밖의 시나리오 하나가 지켜지지 않았습니다.',
  'and {} more': '외 {}개',

  // Tables.
  Id: '번호',
  Control: '통제 항목',
  Controls: '통제 항목',
  Verdict: '판정',
  Method: '방법',
  Scenarios: '시나리오',
  Scenario: '시나리오',
  'What was found': '확인한 내용',
  'Windows: the moments in which it was hurt': '윈도: 장애를 주입한 순간',
  'Guards: why a green result means something': '가드: 녹색 결과가 의미를 갖는 근거',
  'Settings of every client seen': '관측된 모든 클라이언트의 설정',
  'Deliveries and effects': '전달과 효과',
  Groups: '컨슈머 그룹',
  Load: '부하',
  'Sizes of stored values': '저장된 값의 크기',
  'From zero and back': '0에서 늘어났다가 다시 0으로',
  'What the linter says of the manifests': '매니페스트 린트 결과',
  'What the platform did against its own rules': '플랫폼이 스스로의 규칙을 어긴 동작',
  'Why each step happened': '각 단계가 일어난 이유',
  Attempts: '처리 시도',
  Window: '윈도',
  Windows: '윈도',
  Guard: '가드',
  Met: '충족',
  'If not': '미충족 시',
  Evidence: '증거',
  Subject: '대상',
  Kind: '종류',
  Runs: '실행',
  Entries: '진입',
  Entered: '진입',
  Grade: '등급',
  Setting: '설정',
  Value: '값',
  'Read from': '읽은 곳',
  Software: '소프트웨어',
  Service: '서비스',
  Clients: '클라이언트',
  Lacks: '부족한 것',
  Content: '내용',
  What: '항목',
  'Version or value': '버전 또는 값',
  Meaning: '의미',

  // One control.
  'How it is judged': '판정 방법',
  'How it was hurt, and what was seen': '주입한 장애와 관측 결과',
  'What is not claimed': '주장하지 않는 것',
  'What the clients asked for is listed under': '클라이언트가 요청한 설정은 다음에 있습니다:',
  'settings of every client seen': '관측된 모든 클라이언트의 설정',
  'Windows are held open, so the number that matters more is how often each was entered.':
    '윈도는 열린 채로 유지되므로, 시행 횟수보다 각 윈도에 몇 번 진입했는지가 더 중요합니다.',
  'is told under': '의 설명이 있는 곳:',
  proved: '증명',
  measured: '측정',
  drilled: '훈련',
  declared: '선언',

  // The 18 controls.
  'Sync and async boundary': '동기와 비동기의 경계',
  'What each client writes and reads, from the bytes of its requests, against the config or the service’s AsyncAPI document.':
    '각 클라이언트가 쓰고 읽는 토픽을 요청의 바이트에서 읽어, 설정 또는 서비스의 AsyncAPI 문서와 비교합니다.',
  'Covers what the services did in this run; a code path that did not run was not seen.':
    '이번 실행에서 서비스가 한 일만 다룹니다. 실행되지 않은 코드 경로는 관측하지 못했습니다.',
  'A synchronous call in the place of an event is not seen.':
    '이벤트를 대신하는 동기 호출은 관측하지 못합니다.',
  CloudEvents: 'CloudEvents',
  'Every record on every declared topic is a valid CloudEvent, in structured or binary mode.':
    '선언된 모든 토픽의 모든 레코드가 structured 또는 binary 방식의 올바른 CloudEvent여야 합니다.',
  'Structured events are read as JSON; other formats of CloudEvents are not.':
    'structured 방식의 이벤트는 JSON만 읽습니다. CloudEvents의 다른 형식은 읽지 않습니다.',
  'Ids are judged over the events of this run, not over the life of the service.':
    'ID의 고유성은 이번 실행의 이벤트에 대해서만 판정하며, 서비스 전체 수명에 대한 것은 아닙니다.',
  'Versioned schemas': '스키마 버저닝',
  'Each schema id resolves, was registered before its append for the topic’s subject, and the payload is written by it; also where the registry does not answer, answers late or with errors, takes no new schema or has lost one: nothing is lost.':
    '모든 스키마 id가 조회되고, 기록 전에 토픽의 subject에 등록되었으며, 페이로드가 그 스키마로 쓰였습니다. 레지스트리가 응답하지 않거나, 늦거나 오류로 응답하거나, 새 스키마를 받지 않거나, 스키마를 잃어도 유실되지 않습니다.',
  'Asked of publishers and of what consumers publish, where that is declared to be written through a registry.':
    '레지스트리를 통해 쓴다고 선언된 경우에만, 발행자와 컨슈머가 발행하는 것에 대해 묻습니다.',
  'Compatibility level': '호환성 레벨',
  'The level is set on the subject; the five evolution rules are tried against it; old and new producers meet old and new consumers.':
    '레벨이 subject에 설정되어 있는지 확인하고, 다섯 가지 진화 규칙을 시도하며, 신구 프로듀서와 컨슈머를 서로 만나게 합니다.',
  'The registry is ours, with the declared schemas; what runs in production has another one.':
    '레지스트리는 선언된 스키마를 넣은 시험용이며, 운영 환경의 레지스트리가 아닙니다.',
  'Which rules a registry enforces for a format is its own; changes are tried on one field of the newest version.':
    '형식마다 어떤 규칙을 강제하는지는 레지스트리에 달려 있으며, 변경은 최신 버전의 필드 하나에 시도합니다.',
  'Topics by domain': '도메인별 토픽',
  'Source and type of the CloudEvents on each topic: one source a topic, one topic a type.':
    '각 토픽에 있는 CloudEvents의 source와 type을 봅니다. 토픽마다 source는 하나, type마다 토픽은 하나여야 합니다.',
  'A domain is a CloudEvents source; events without one can not be told apart.':
    '도메인은 CloudEvents의 source로 구분합니다. source가 없는 이벤트는 구분할 수 없습니다.',
  'Two services that publish to one topic are seen where one scenario runs both.':
    '한 토픽에 발행하는 두 서비스는 한 시나리오에서 함께 실행될 때만 관측합니다.',
  'Atomic publishing': '원자적 발행',
  'Faults inside every window where an outbox breaks; the database’s own log is compared with the topic’s, record by record.':
    'Outbox가 깨질 수 있는 모든 윈도 안에서 장애를 주입하고, 데이터베이스 로그와 토픽의 로그를 레코드 단위로 비교합니다.',
  'One broker, one database node: losing a replicated quorum is not tried.':
    '브로커 하나와 데이터베이스 노드 하나입니다. 복제 정족수를 잃는 경우는 시험하지 않습니다.',
  'The schedule of faults repeats from the seed; the interleaving of the operating system does not.':
    '장애 일정은 시드로 반복되지만 운영 체제의 실행 순서는 반복되지 않습니다.',
  'Unique event id': '고유한 이벤트 ID',
  'Ids of all committed events and of all their copies on the log, through every fault of P1.':
    'P1의 모든 장애를 거치며, 커밋된 모든 이벤트와 로그에 있는 그 모든 사본의 ID를 확인합니다.',
  'Uniqueness is judged over the events of this run, not over the life of the service.':
    '고유성은 이번 실행의 이벤트에 대해서만 판정하며 서비스 전체 수명에 대한 것은 아닙니다.',
  'Idempotence and acks=all': '멱등 프로듀서와 acks=all',
  'Read from the bytes of each client’s requests and from the stored batches, not from its settings.':
    '설정이 아니라 각 클라이언트가 보낸 요청의 바이트와 저장된 배치에서 읽습니다.',
  'Covers the clients that produced during this run; a code path that did not run was not seen.':
    '이번 실행에서 발행한 클라이언트만 다룹니다. 실행되지 않은 코드 경로는 관측되지 않았습니다.',
  'Payload below 1 MB': '1 MB 미만의 페이로드',
  'Sizes of all stored values; an event over the limit is sent among good ones.':
    '저장된 모든 값의 크기를 재고, 한도를 넘는 이벤트를 정상 이벤트 사이에 보냅니다.',
  'Sizes are those of this run’s load, not of production data.':
    '크기는 이번 실행의 부하에 대한 것이며 운영 데이터에 대한 것은 아닙니다.',
  'Idempotent consumers': '멱등 컨슈머',
  'Duplicates of every kind, crashes and zombies between effect and offset; effects are read from the database’s own log.':
    '모든 종류의 중복, 효과와 오프셋 사이의 충돌과 좀비를 일으키고, 효과는 데이터베이스의 로그에서 읽습니다.',
  'An event is recognised by its declared id, or by an amount that no other event has.':
    '이벤트는 선언된 ID 또는 다른 이벤트에는 없는 금액으로 식별합니다.',
  'Calls to the outside are seen where they go to the stub that stands in for it.':
    '외부 호출은 그것을 대신하는 스텁으로 가는 경우에 관측됩니다.',
  'Dead letters with an alert': '알림이 있는 DLQ',
  'Failures that pass and failures that stay, poison records, a dead-letter topic that is unavailable or missing; the alert has to arrive.':
    '사라지는 실패와 남는 실패, 처리할 수 없는 레코드, 사용할 수 없거나 없는 DLQ 토픽을 시험합니다. 알림이 도착해야 합니다.',
  'Times of attempts are those at which they were seen; the error of that is printed beside them.':
    '시도 시각은 관측된 시각이며 그 오차를 함께 표시합니다.',
  'Partition assignment': '파티션 할당',
  'Keys per partition, consumers against partitions; order per key through rebalances.':
    '파티션별 키, 파티션 수와 컨슈머 수, 리밸런싱 중의 키별 순서를 확인합니다.',
  'Skew is that of this run’s keys, not of production data.':
    '치우침은 이번 실행의 키에 대한 것이며 운영 데이터에 대한 것은 아닙니다.',
  'Cooperative rebalancing': '협력적 리밸런싱',
  'The group’s protocol, read from its members’ requests (KIP-848 counts); a rolling restart under load.':
    '멤버의 요청에서 읽은 그룹 프로토콜(KIP-848 포함)과 부하 중의 순차 재시작을 확인합니다.',
  'Covers the members that were seen in this run.': '이번 실행에서 관측된 멤버만 다룹니다.',
  'Manual commit': '수동 커밋',
  'Effects are held open while the log of offset commits is watched.':
    '효과를 열어 둔 채로 오프셋 커밋 로그를 지켜봅니다.',
  'The setting itself is not visible to a broker; what it must not do is what is judged.':
    '설정 자체는 브로커에 보이지 않으므로, 해서는 안 되는 동작을 판정합니다.',
  'KEDA scaling': 'KEDA 스케일링',
  'A real control plane and a real KEDA: rest, activation, scaling, drain and return, sampled each second; the ScaledObject is linted.':
    '실제 컨트롤 플레인과 실제 KEDA에서 대기, 활성화, 확장, 소진, 복귀를 매초 표본으로 확인하고 ScaledObject를 린트합니다.',
  'Where pods run as local processes there is no image, no volume and no network of their own.':
    '파드가 로컬 프로세스로 실행되는 경우 이미지, 볼륨, 자체 네트워크가 없습니다.',
  'Times hold for this machine and this profile; the longest time between two looks is their error.':
    '시간은 이 장비와 이 프로파일에 대한 것이며, 두 관측 사이의 가장 긴 시간이 그 오차입니다.',
  'Consumer lag and its alert': '컨슈머 지연과 알림',
  'Each answer of the monitor lies between two looks at what is so: the broker’s own offsets, also with all consumers dead and a partition added, and where they are watched the dead letters, the outbox and the WAL of a slot; a real Prometheus evaluates the rules, and each alert fires and clears.':
    '모니터의 모든 응답을 그 직전과 직후에 직접 읽은 실제 값과 비교합니다. 컨슈머가 모두 죽었을 때와 파티션이 추가되었을 때를 포함한 브로커의 오프셋, 그리고 설정에 선언된 경우 DLQ, Outbox, 복제 슬롯의 WAL이 그 대상입니다. 실제 Prometheus가 규칙을 평가하며, 각 알림이 울렸다가 해제되어야 합니다.',
  'What the config declares as watched is judged: dead letters, the outbox and replication slots only where it names their metrics.':
    '설정에 선언된 것만 확인합니다. DLQ, Outbox, 복제 슬롯은 그 지표가 설정에 있을 때만 확인합니다.',
  'In the quick pace the rule’s `for` is shortened; its expression is evaluated as it is written.':
    '빠른 프로파일에서는 규칙의 `for`를 줄입니다. 규칙의 식은 작성된 그대로 평가합니다.',
  'That the alert reaches the webhook is seen; whom it wakes is not.':
    '알림이 웹훅에 도달하는 것까지 확인하며, 누가 그 알림을 받는지는 확인하지 않습니다.',
  'Redrive of dead letters': 'DLQ 재처리',
  'Automatic, manual and parking-lot redrive; each redriven event takes effect once.':
    '자동, 수동, 보류 토픽 재처리를 시험하며, 재처리된 이벤트는 한 번만 효과를 내야 합니다.',
  'Distributed tracing': '분산 추적',
  'Each command and each delivered event begins a trace; outbox rows, records, retries, dead letters, redrives, outputs and calls that follow from it are looked at, through crashes as well, and the spans that are exported of it.':
    '커맨드와 전달된 이벤트마다 트레이스를 하나씩 시작합니다. 거기서 이어지는 아웃박스 행, 레코드, 재시도, 데드레터, 재처리, 출력, 외부 호출이 그 트레이스를 이어가는지, 내보낸 스팬의 부모가 맞는지를 장애 중에도 확인합니다.',
  'Spans that a process had when it was killed are lost: of traces that began before, none is missed.':
    '강제 종료된 프로세스가 가지고 있던 스팬은 사라집니다. 그 전에 시작된 트레이스의 스팬은 요구하지 않습니다.',
  'A trace context is read from the declared header of a record, and from the header traceparent of a call.':
    '트레이스 컨텍스트는 레코드의 선언된 헤더와 호출의 traceparent 헤더에서 읽습니다.',

  // A violation.
  Violated: '위반',
  Stalled: '정체',
  'The counterexample, as recorded': '기록된 반례',
  'To see it again': '다시 재현하려면',
  'Filled and joined: the minimal counterexample. Hollow: what happened around it. Shaded: a fault was in force. Dashed: a process was gone. Rows are in the order in which the harness saw them.':
    '채워져 이어진 점은 최소 반례, 빈 점은 그 주변에서 일어난 일, 음영은 장애가 작용한 구간, 점선은 프로세스가 없던 구간입니다. 행은 하네스가 관측한 순서입니다.',

  // What was not proven.
  'What was not proven, and why': '증명하지 못한 것과 그 이유',
  'Nothing: every control was judged.': '없음: 모든 항목을 판정했습니다.',
  'Scenarios that could not run on this stack': '이 스택에서 실행할 수 없었던 시나리오',
  'Scenarios that only other stacks can run': '다른 스택에서만 실행할 수 있는 시나리오',
  'Scenarios that the profile {} has no time for': '프로파일 {}에서는 시간이 부족해 제외한 시나리오',
  'They take minutes:': '몇 분이 걸립니다. 다음 명령으로 증명합니다:',
  Environment: '환경',

  // How to check it.
  'How to check this report': '이 보고서를 확인하는 방법',
  'Everything in it is made from the files beside it. This compares them with manifest.json, which holds the SHA-256 of each:':
    '보고서의 모든 내용은 옆에 있는 파일에서 만들어졌습니다. 다음 명령은 각 파일의 SHA-256을 담은 manifest.json과 비교합니다:',
  'The evidence root of this report, over all files that it was made from, is':
    '이 보고서를 만든 모든 파일에 대한 증거 루트 해시:',
  'This runs the same schedule of load and faults again, from the same seed:':
    '다음 명령은 같은 시드로 부하와 장애의 같은 일정을 다시 실행합니다:',
  'The schedule repeats exactly; the interleaving of the operating system and the network does not.':
    '일정은 정확히 반복되지만 운영 체제와 네트워크의 실행 순서까지 반복되지는 않습니다.',
  'What the verdicts mean': '판정의 의미',
  'A refutation is sound: one counterexample settles it. A confirmation is bounded, and says its bound. The worst verdict wins.':
    '반증은 확정적입니다. 반례 하나면 충분합니다. 확인에는 한계가 있으며 그 한계를 함께 적습니다. 가장 나쁜 판정이 전체를 결정합니다.',
  'The promise was broken: authoritative logs show it, and the counterexample is printed.':
    '약속이 깨졌습니다. 신뢰할 수 있는 로그가 이를 보여 주며 반례를 싣습니다.',
  'Something promised did not happen in time; nothing is lost yet.':
    '약속한 일이 제시간에 일어나지 않았습니다. 아직 잃은 것은 없습니다.',
  'The harness, a fault or an observer broke, or the evidence has a gap.':
    '하네스, 장애 주입 또는 관측기가 고장났거나 증거에 빈틈이 있습니다.',
  'The fault did not take effect in its window, or too little happened to say anything.':
    '장애가 윈도 안에서 작용하지 않았거나, 판단하기에는 일어난 일이 너무 적습니다.',
  'Nothing judged it in this run: the stack lacks what it needs, it was not selected, or no scenario exists yet.':
    '이번 실행에서 판정하지 않았습니다. 스택에 필요한 것이 없거나, 선택되지 않았거나, 아직 시나리오가 없습니다.',
  'Of a scenario: the subject’s own design, declared or seen in its history, keeps it out of what is tried there. It takes no part in the verdict of a control.':
    '시나리오에 대한 판정입니다. 선언되었거나 기록에서 확인된 대상의 설계 때문에 이 시도가 해당되지 않으며, 통제 항목의 판정에 포함되지 않습니다.',
  'All windows were entered, all guards hold, and there was no violation in the printed number of trials.':
    '모든 윈도에 진입했고 모든 가드를 충족했으며, 표시된 시행 횟수 동안 위반이 없었습니다.',
} as const
