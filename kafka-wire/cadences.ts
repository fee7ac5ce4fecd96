import { Intervals } from './intervals.ts'
import type { WireSeen } from './seen.ts'

/** How often members of a group under one client id sent something. Milliseconds; undefined before the second time. */
export interface Cadence {
  readonly clientId: string
  readonly software: string | undefined
  readonly group: string
  readonly api: 'heartbeat' | 'consumer-group-heartbeat' | 'offset-commit'
  readonly count: number
  readonly median: number | undefined
  /**
   * A tenth of the intervals is shorter, a tenth longer than these. A client that commits by the clock has the two
   * close to the median, whatever its load; one that commits after its work has not.
   */
  readonly spread: readonly [number, number] | undefined
}

interface Ticking extends Pick<Cadence, 'clientId' | 'software' | 'group' | 'api'> {
  readonly ticks: Intervals
}

/** Collects how often groups' members said that they are alive, and how far they are. */
export class Cadences {
  readonly #members = new Map<string, Ticking>()

  see(seen: WireSeen): void {
    if (seen.from !== 'client') return
    const { api, clientId, software, at } = seen
    if (api !== 'heartbeat' && api !== 'consumer-group-heartbeat' && api !== 'offset-commit') return
    const { group, memberId } = seen
    const key = JSON.stringify([clientId, group, memberId, api])
    const member = this.#members.get(key) ?? { clientId, software, group, api, ticks: new Intervals() }
    member.ticks.tick(at)
    this.#members.set(key, member)
  }

  /** One for each member. */
  get all(): readonly Cadence[] {
    return [...this.#members.values()].map(({ ticks, ...member }) => {
      const [short, long] = [ticks.at(0.1), ticks.at(0.9)]
      return {
        ...member,
        count: ticks.count,
        median: ticks.at(0.5),
        spread: short === undefined || long === undefined ? undefined : [short, long],
      }
    })
  }
}
