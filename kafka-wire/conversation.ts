import type { Clock } from '../core/clock.ts'
import type { Brokers } from './brokers.ts'
import type { Exchanges } from './exchanges.ts'
import type { WireFaults } from './fault.ts'
import type { RequestHead } from './head.ts'
import type { Origin, WireSeen } from './seen.ts'
import type { Software } from './software.ts'
import type { TopicNames } from './topic-names.ts'

/** What all connections of a proxy share. */
export interface Wire {
  readonly clock: Clock
  readonly names: TopicNames
  readonly brokers: Brokers
  readonly faults: WireFaults
  readonly software: Software
  on(seen: WireSeen): void
  /** A request that is not looked into was passed on. */
  unknown(request: RequestHead): void
  /** Something was passed on that should have been read. */
  gap(reason: string): void
}

/** What the requests and the answers of one connection know of each other. */
export interface Conversation {
  readonly id: number
  readonly wire: Wire
  readonly exchanges: Exchanges
  /** Topics of the fetch session. */
  readonly fetching: Set<string>
  readonly closed: AbortController
  /** Nothing that the broker answers arrives any more. */
  mute: boolean
  /** Nothing that is asked from now on is answered; what was asked before is. */
  unheard: boolean
  origin(request: RequestHead): Origin
  /** Looks into nothing that passes here from now on. */
  goBlind(reason: string): void
  /** After a request was passed on: an answer of ours may have its turn, and none may wait for ever. */
  asked(): void
  end(): void
}
