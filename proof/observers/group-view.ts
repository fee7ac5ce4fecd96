import type {
  Generation,
  MemberFacts,
  OffsetRecord,
  TopicIdPartitions,
} from '../../kafka-wire/offset-records.ts'
import type { GroupMember } from '../history/event.ts'

/** A group as the log describes it at one position: what a `k.group` event tells. */
export interface GroupState {
  readonly type: 'classic' | 'consumer'
  readonly generation: number
  readonly protocol: string | null
  readonly members: readonly GroupMember[]
}

/** Names of topics by their id. */
export type TopicNames = (topicId: string) => string

/**
 * One group, put together from its records. A classic group comes a whole generation at a time; a group of the
 * consumer protocol (KIP-848) in pieces: its epoch, its members, what each of them owns.
 */
export class GroupView {
  #classic: Generation | undefined
  #epoch: number | undefined
  readonly #members = new Map<string, MemberFacts>()
  readonly #owned = new Map<string, readonly TopicIdPartitions[]>()

  apply(record: Exclude<OffsetRecord, { kind: 'commit' }>): void {
    switch (record.kind) {
      case 'generation':
        // A deleted group has no members; its number stays what it was.
        this.#classic = record.generation ?? (this.#classic && { ...this.#classic, members: [] })
        break
      case 'epoch':
        this.#epoch = record.epoch ?? this.#epoch
        // A group that goes over to the other protocol is deleted here and goes on there.
        if (record.epoch !== null) this.#classic = undefined
        break
      case 'member':
        change(this.#members, record.memberId, record.member)
        break
      case 'owned':
        change(this.#owned, record.memberId, record.owned)
    }
  }

  /** Undefined as long as the log says nothing of the group itself: its offsets may be committed without one. */
  state(nameOf: TopicNames): GroupState | undefined {
    if (this.#classic !== undefined) {
      const { generation, protocol, members } = this.#classic
      const owners = members.map(({ memberId, clientId, instanceId, owned }) => ({
        memberId,
        clientId,
        instanceId,
        partitions: each(owned, ({ topic }) => topic),
      }))
      return { type: 'classic', generation, protocol, members: owners }
    }
    if (this.#epoch === undefined) return undefined
    const members = [...this.#members].map(([memberId, { clientId, instanceId }]) => ({
      memberId,
      clientId,
      instanceId,
      partitions: each(this.#owned.get(memberId) ?? [], ({ topicId }) => nameOf(topicId)),
    }))
    const assignor = [...this.#members.values()].find((member) => member.assignor !== null)?.assignor
    return { type: 'consumer', generation: this.#epoch, protocol: assignor ?? null, members }
  }
}

function change<T>(map: Map<string, T>, key: string, value: T | null): void {
  if (value === null) map.delete(key)
  else map.set(key, value)
}

function each<T extends { readonly partitions: readonly number[] }>(
  owned: readonly T[],
  topicOf: (of: T) => string,
): GroupMember['partitions'] {
  return owned.flatMap((of) => of.partitions.map((partition) => ({ topic: topicOf(of), partition })))
}
