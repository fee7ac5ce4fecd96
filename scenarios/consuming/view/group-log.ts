import type { EventOf } from '../../../proof/history/event.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** The log of offsets was read to its end; the position of the last commit of the group, −1 without any. */
    'offsets.read': number
  }
}

type Commit = EventOf<'k.commit'>
export type Generation = EventOf<'k.group'>

/** Where a record lies. */
export interface Place {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

interface Commits {
  readonly all: Commit[]
  /** The highest offset committed so far, for each of `all`. */
  readonly highest: number[]
  /** Position of the last commit, by group. */
  readonly last: Map<string, number>
}

/** What the declared group said about itself in `__consumer_offsets`: how far it is, and who owns what. */
export class GroupLog {
  readonly #group: string
  readonly #topic: string
  readonly #commits = new Map<string, Commits>()
  readonly #generations: Generation[] = []
  /** Of all that were ever members: by these names they fetch. */
  readonly #clientIds = new Set<string>()
  /** `seq` of the last reading to the end, by partition of `__consumer_offsets`. */
  readonly #ends = new Map<number, number>()
  #read = -1
  /** Commits of the declared group. */
  count = 0

  constructor(group: string, topic: string) {
    this.#group = group
    this.#topic = topic
  }

  /** On the declared topic only the declared group counts; retries may be read by a group of their own. */
  commit(event: Commit): void {
    if (event.group !== this.#group && event.topic === this.#topic) return
    const place = `${event.topic}/${event.partition}`
    let commits = this.#commits.get(place)
    if (commits === undefined) {
      commits = { all: [], highest: [], last: new Map() }
      this.#commits.set(place, commits)
    }
    const { all, last } = commits
    const { group, position, offset } = event
    // The observer may read a stretch again after it reconnected.
    if (position > (last.get(group) ?? Number.NEGATIVE_INFINITY)) last.set(group, position)
    else if (all.some((one) => one.group === group && one.position === position && one.offset === offset))
      return
    all.push(event)
    commits.highest.push(Math.max(commits.highest.at(-1) ?? -1, offset))
    if (group === this.#group) this.count++
  }

  generation(event: Generation): void {
    if (event.group !== this.#group) return
    if (event.position <= (this.#generations.at(-1)?.position ?? -1)) return
    this.#generations.push(event)
    for (const { clientId } of event.members) this.#clientIds.add(clientId)
  }

  /** The log of offsets was read to its end: said by each of its partitions, or as a fact about the group. */
  end(event: EventOf<'k.end'> | EventOf<'fact'>): void {
    if (event.kind === 'k.end') this.#ends.set(event.partition, event.seq)
    else if (event.subject === this.#group) this.#read = event.seq
  }

  /** In the order of the log. */
  get generations(): readonly Generation[] {
    return this.#generations
  }

  get clientIds(): ReadonlySet<string> {
    return this.#clientIds
  }

  /** Commits of one partition, in the order of the log. */
  commitsOf(topic: string, partition: number): readonly Commit[] {
    return this.#commits.get(`${topic}/${partition}`)?.all ?? []
  }

  /** Where the group will go on reading. A commit that was deleted undoes nothing. */
  position(topic: string, partition: number): number {
    return this.commitsOf(topic, partition).findLast(({ offset }) => offset >= 0)?.offset ?? 0
  }

  /** The commit that says that the group is done with a record; undefined while it is not, or went back before it. */
  past(place: Place): Commit | undefined {
    const last = this.commitsOf(place.topic, place.partition).at(-1)
    return last === undefined || last.offset <= place.offset ? undefined : this.firstPast(place)
  }

  /** The first commit ever behind a place. */
  firstPast({ topic, partition, offset }: Place): Commit | undefined {
    const commits = this.#commits.get(`${topic}/${partition}`)
    if (commits === undefined) return undefined
    let low = 0
    let high = commits.all.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((commits.highest[middle] as number) > offset) high = middle
      else low = middle + 1
    }
    return commits.all[low]
  }

  /**
   * The loss of the group's offset after which it came past a place at once; undefined where it had been before it,
   * or had an offset to go on from.
   */
  lostBefore(place: Place): Commit | undefined {
    const first = this.firstPast(place)
    const commits = this.commitsOf(place.topic, place.partition)
    const before = first && commits[commits.indexOf(first) - 1]
    return before !== undefined && before.offset < 0 ? before : undefined
  }

  /** Every commit that was made before `seq` was recorded has been seen. */
  readSince(seq: number): boolean {
    if (this.#read > seq) return true
    return this.#ends.size > 0 && [...this.#ends.values()].every((end) => end > seq)
  }
}

/** Who owns each partition of a topic: member ids by partition. */
export function ownersOf({ members }: Generation, topic: string): Map<number, string> {
  const owners = new Map<number, string>()
  for (const { memberId, partitions } of members) {
    for (const one of partitions) if (one.topic === topic) owners.set(one.partition, memberId)
  }
  return owners
}
