/** What is said of the anti-patterns, by the English words of `scenarios/anti-patterns/`. */
export const KOREAN_ANTI_PATTERNS = {
  'everything as an event': '모든 것을 이벤트로',
  'Questions that wait for an answer are sent over topics, as requests and replies.':
    '응답을 기다리는 질문을 요청과 응답 토픽으로 주고받습니다.',
  'A call that takes a line becomes two topics, a correlation id and a timeout, and is hard to follow.':
    '한 줄이면 될 호출이 토픽 두 개와 상관 ID, 타임아웃이 되고 추적하기 어려워집니다.',
  'Ask by REST or gRPC where the answer is needed at once; announce what happened as events.':
    '답이 바로 필요하면 REST나 gRPC로 묻고, 일어난 일은 이벤트로 알립니다.',

  'internal schema exposed': '내부 스키마 노출',
  'The columns of the service’s own table are the fields of its events.':
    '서비스 내부 테이블의 컬럼이 그대로 이벤트의 필드입니다.',
  'Readers depend on the table: a column can’t be renamed without them, as if they shared the database.':
    '소비자가 테이블에 의존합니다. 데이터베이스를 공유한 것처럼 컬럼 이름 하나도 혼자 바꿀 수 없습니다.',
  'Keep the public event apart from the internal model, and map one to the other.':
    '공개 이벤트와 내부 모델을 분리하고 서로 변환합니다.',

  'reliance on one order': '순서 보장 과도 의존',
  'Events of many aggregates are in one order: on one partition, or under one key.':
    '여러 애그리거트의 이벤트가 한 순서에 묶여 있습니다. 파티션 하나이거나 키 하나입니다.',
  'One reader at a time can keep up with it; no second one helps, and one slow event holds up all.':
    '한 번에 소비자 하나만 처리할 수 있어 늘려도 소용이 없고, 느린 이벤트 하나가 전체를 막습니다.',
  'Key events by their aggregate, and build what spans several (a saga) so that order does not matter.':
    '애그리거트별 키를 쓰고, 여러 애그리거트에 걸친 일은 순서와 무관한 Saga로 설계합니다.',

  'chatty events': '이벤트 과다 발행',
  'One change of the business becomes several events, such as one for each field.':
    '업무 변경 하나가 필드마다 하나씩 여러 이벤트로 나뉩니다.',
  'Messages multiply, and readers have to put together again what belongs together.':
    '메시지가 불어나고, 소비자는 함께 있어야 할 것을 다시 맞춰야 합니다.',
  'Gather what one change means into one event of the domain.':
    '변경 하나의 의미를 도메인 이벤트 하나로 모읍니다.',

  'published without an outbox': 'Outbox 없는 직접 발행',
  'A service sends events itself, beside the transaction that they announce.':
    '서비스가 트랜잭션 밖에서 이벤트를 직접 보냅니다.',
  'What was committed and what was announced part as soon as one of the two fails.':
    '둘 중 하나라도 실패하면 커밋된 내용과 알려진 내용이 어긋납니다.',
  'Write the event into an outbox in the same transaction and let a relay publish it, or capture the change (CDC).':
    '같은 트랜잭션에서 Outbox에 쓰고 릴레이가 발행하게 하거나 변경을 캡처(CDC)합니다.',

  'no idempotency': '멱등성 미구현',
  'An event that is delivered again takes effect again.': '다시 전달된 이벤트가 다시 반영됩니다.',
  'Delivery is at least once, so sooner or later data is wrong by what was done twice.':
    '최소 한 번 전달이므로 언젠가는 두 번 처리된 만큼 데이터가 틀어집니다.',
  'Remember the ids of handled events in the transaction of their effects, and leave out what is known.':
    '반영하는 트랜잭션 안에 처리한 이벤트 ID를 기록하고, 이미 아는 것은 건너뜁니다.',

  'no dead letters': 'DLQ 미설정',
  'An event that fails for good is dropped, or holds up what comes after it: no topic keeps it.':
    '끝내 실패한 이벤트가 버려지거나 뒤를 막습니다. 보관하는 토픽이 없습니다.',
  'The event is lost or the partition stands still, and nobody can find out why it failed.':
    '이벤트를 잃거나 파티션이 멈추고, 실패한 까닭을 알 수 없습니다.',
  'Put it on a dead-letter topic with its cause, alert on it, and have a way to bring it back.':
    '원인과 함께 DLQ에 넣고, 알림을 걸고, 재처리할 방법을 마련합니다.',

  'fat events': '과대 페이로드(Fat Event)',
  'Events usually carry more than their readers need: the middle one of a topic is large.':
    '이벤트가 평소에도 필요 이상으로 큽니다. 토픽의 중간 크기 이벤트가 이미 큽니다.',
  'The broker, its replicas and every reader move and keep the whole of it, read or not.':
    '읽든 읽지 않든 브로커와 복제본, 모든 소비자가 전체를 옮기고 보관합니다.',
  'Put the id and what changed into the event; who needs more asks the owner’s API for it.':
    '이벤트에는 ID와 바뀐 내용만 넣고, 더 필요하면 소유 서비스의 API로 조회합니다.',

  'consumer calls its producer': 'Consumer가 Producer를 호출',
  'What a consumer does because of an event leads back to the service that published it.':
    '이벤트 때문에 소비자가 하는 일이 발행한 서비스로 되돌아갑니다.',
  'Both depend on each other, and one event can go round for ever.':
    '서로 의존하게 되고, 이벤트 하나가 끝없이 돌 수 있습니다.',
  'Let the chain of events run one way, as a choreographed saga, or let one service conduct it.':
    '이벤트 체인이 한 방향으로 흐르게 Saga(코레오그래피)로 만들거나, 한 서비스가 지휘하게 합니다.',

  'one topic for everything': '단일 토픽에 모든 이벤트',
  'Events of several domains are on one topic.': '여러 도메인의 이벤트가 한 토픽에 있습니다.',
  'It can’t be scaled, kept or guarded by domain, and each reader fetches what it then throws away.':
    '도메인별로 확장, 보관, 보호할 수 없고, 소비자마다 버릴 것까지 가져옵니다.',
  'Give each domain a topic of its own, named after it.': '도메인마다 그 이름의 토픽을 따로 둡니다.',
} as const
