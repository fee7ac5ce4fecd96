import { placeOf } from '../../../proof/findings.ts'
import type { LoggedRecord } from '../../../proof/history/logged-record.ts'
import { type ConsumedEvent, isFailing, keyOf } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** What shows that the consumer is through with an event: nothing will come of it any more. */
export interface Completion {
  readonly says: string
  readonly events: readonly number[]
  readonly grade: 'A' | 'C'
}

/** Looks for completion evidence: without it what is absent is late, and not lost. */
export class Completions {
  readonly #view: ConsumerView
  #sentinels: Sentinels | undefined

  constructor(view: ConsumerView) {
    this.#view = view
  }

  /**
   * The group has committed past every record of the event, on the topic and on retry topics, and the observers have
   * seen all that was done before. Where progress is kept elsewhere, or events wait in an inbox (grade C): what came behind it took effect after
   * all faults, and a whole recovery bound has passed.
   */
  of(event: ConsumedEvent): Completion | undefined {
    const { progress, inbox } = this.#view.plan.consumer
    return progress === 'own' || inbox !== undefined ? this.#overtaken(event) : this.#committed(event)
  }

  /** A whole recovery bound, and the time that retries take, passed since it was there and all faults were over. */
  overdue(event: ConsumedEvent): boolean {
    const { disturbances, lastAt, plan } = this.#view
    if (disturbances.stillActive) return false
    const { retry } = plan.consumer
    const retries = isFailing(event) ? (retry?.delays ?? []).reduce((sum, delay) => sum + delay, 0) : 0
    const delivered = Math.max(0, ...event.deliveries.map(({ record }) => record.at))
    const since = Math.max(delivered, disturbances.allHealed?.at ?? 0)
    return lastAt - since >= plan.bounds.recovery + retries
  }

  #committed(event: ConsumedEvent): Completion | undefined {
    const { group, topics } = this.#view
    const records = [...event.deliveries, ...event.retries]
    const commits = records.map(({ record }) => group.past(record))
    const seqs: number[] = []
    for (const commit of commits) {
      if (commit === undefined) return undefined
      seqs.push(commit.seq)
    }
    const last = Math.max(...seqs)
    const [commit] = commits
    if (commit === undefined || !topics.main.databaseSeenSince(last) || !topics.readSince(last))
      return undefined
    const says = `group ${commit.group} committed ${commit.offset}, past ${placeOf(records[0] as LoggedRecord)}`
    return { says, events: [...seqs, ...topics.main.endSeqs.slice(-1)], grade: 'A' }
  }

  #overtaken(event: ConsumedEvent): Completion | undefined {
    const { topics } = this.#view
    if (!this.overdue(event)) return undefined
    this.#sentinels ??= new Sentinels(this.#view)
    const behind = this.#sentinels.behind(event)
    const seqs = behind.map(({ record }) => record.seq)
    const last = Math.max(...seqs)
    if (seqs.length === 0 || !topics.main.databaseSeenSince(last) || !topics.readSince(last)) return undefined
    return { says: 'what came behind it after all faults took effect', events: seqs, grade: 'C' }
  }
}

/** Events that were delivered after all faults and took effect: those behind a missing one show that it was passed over. */
class Sentinels {
  readonly #byKey = new Map<string, LoggedRecord>()
  readonly #byPartition = new Map<number, LoggedRecord[]>()

  constructor(view: ConsumerView) {
    const cleared = view.disturbances.allHealed?.seq ?? 0
    for (const event of view.consumed) {
      const [first] = event.deliveries
      if (first === undefined || first.record.seq <= cleared || view.standing(event).length === 0) continue
      const key = `${first.record.partition} ${keyOf(event)}`
      if (first.record.offset > (this.#byKey.get(key)?.record.offset ?? -1)) this.#byKey.set(key, first)
      const same = this.#byPartition.get(first.record.partition) ?? []
      this.#byPartition.set(first.record.partition, same)
      same.push(first)
      same.sort((a, b) => b.record.offset - a.record.offset).splice(3)
    }
  }

  /** A later one of its key, else three of its partition. */
  behind(event: ConsumedEvent): readonly LoggedRecord[] {
    const last = event.deliveries.at(-1)?.record
    if (last === undefined) return []
    const later = ({ record }: LoggedRecord) => record.offset > last.offset
    const same = this.#byKey.get(`${last.partition} ${keyOf(event)}`)
    if (same !== undefined && later(same)) return [same]
    const others = (this.#byPartition.get(last.partition) ?? []).filter(later)
    return others.length === 3 ? others : []
  }
}
