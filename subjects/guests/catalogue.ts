/** What a guest's program is put together with, once, outside the checkout. */
export type Toolchain = 'node' | 'python' | 'go' | 'java'

/** A service as its libraries' documentation shows it, with the config that describes it. */
export interface Guest {
  /** Its folder, and what it is called in the matrix. */
  readonly name: Toolchain
  readonly says: string
  readonly trials: readonly GuestTrial[]
}

/** One run on it: which of its programs, and what the run must say. */
export interface GuestTrial {
  readonly name: string
  readonly says: string
  /** The programs, by the names of the variables that its config reads. */
  readonly programs?: Readonly<Record<string, string>>
  /** Words of `eventproof prove`. */
  readonly selection: readonly string[]
  /** Control → HELD, or the violation that must be found. */
  readonly expected: Readonly<Record<string, string>>
}

const PUBLISHING = { P1: 'HELD', P2: 'HELD', P3: 'HELD', P4: 'HELD' }
const CONSUMING = { C1: 'HELD', C2: 'HELD', C3: 'HELD', C4: 'HELD', C5: 'HELD' }

const right = (says: string, expected: GuestTrial['expected']): GuestTrial => ({
  name: 'right',
  says,
  selection: Object.keys(expected),
  expected,
})

export const GUESTS: readonly Guest[] = [
  {
    name: 'node',
    says: 'kafkajs and pg: a relay inside the shop, a consumer that remembers what it has seen',
    trials: [
      right('kafkajs has no cooperative assignor', {
        ...PUBLISHING,
        ...CONSUMING,
        C4: 'eager-assignor',
      }),
      {
        name: 'parcels-without-memory',
        says: 'inserts a row for each message, as the first example of a consumer does',
        programs: { PARCELS: 'parcels-without-memory.mjs' },
        selection: ['@W18-adjacent', 'parcels'],
        expected: { C1: 'duplicate-effect' },
      },
    ],
  },
  {
    name: 'python',
    says: 'confluent-kafka and psycopg: delivery reports before the mark, offsets after the database',
    trials: [
      right('librdkafka is idempotent and cooperative where it is told to be', {
        ...PUBLISHING,
        ...CONSUMING,
      }),
      {
        name: 'shop-without-delivery-reports',
        says: 'marks what it has put into the queue of its client, whose delivery reports it does not ask for',
        programs: { SHOP: 'shop-without-delivery-reports.py' },
        selection: ['@W3', 'shop'],
        expected: { P1: 'lost-after-mark' },
      },
      {
        name: 'rooms-auto-commit',
        says: 'leaves offsets to the client, which commits by its clock while rows wait for a batch',
        programs: { ROOMS: 'rooms-auto-commit.py' },
        selection: ['@W15', 'rooms'],
        expected: { C5: 'commit-before-effect' },
      },
    ],
  },
  {
    name: 'go',
    says: 'franz-go and pgx: records acknowledged before the mark, offsets after the database',
    trials: [
      right('franz-go is idempotent and cooperative by default', { ...PUBLISHING, ...CONSUMING }),
      {
        name: 'hasty-shop',
        says: 'marks what it has put into the buffer of its client, and logs what fails',
        programs: { SHOP: 'hasty' },
        selection: ['@W3', 'shop'],
        expected: { P1: 'lost-after-mark' },
      },
    ],
  },
  {
    name: 'java',
    says: 'Spring Boot with spring-kafka: a JPA outbox with its relay inside, an @RetryableTopic consumer',
    trials: [
      right('as the reference shows both', { ...PUBLISHING, ...CONSUMING }),
      {
        name: 'hasty-relay',
        says: 'marks a message without waiting for the future of KafkaTemplate.send',
        programs: { PROFILE: 'hasty' },
        selection: ['@W3', 'bookings'],
        expected: { P1: 'lost-after-mark' },
      },
    ],
  },
]
