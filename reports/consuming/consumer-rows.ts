import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { type ConsumerFigures, isConsumerFigures } from '../../scenarios/consuming/view/consumer-figures.ts'

/** Counts of a consumer over all scenarios. */
export interface ConsumerRow
  extends Pick<
    ConsumerFigures,
    'events' | 'records' | 'effects' | 'redeliveries' | 'retries' | 'deadLetters' | 'rebalances' | 'commits'
  > {
  readonly subject: string
  readonly scenarios: number
  /** Most keys of one scenario. */
  readonly keys: number
  readonly partitions: PartitionUse
  /** Milliseconds; the longest of all rolling restarts, null without any. */
  readonly unmovedWait: number | null
}

/** How the records of the declared topic lie on its partitions, over all scenarios. */
export interface PartitionUse {
  readonly count: number
  /** Partitions with a record. */
  readonly used: number
  /** Of the partition with most records, 0 to 1; undefined without any record. */
  readonly largestShare: number | undefined
}

export function consumerRows(scenarios: readonly ScenarioJudgement[]): ConsumerRow[] {
  const groups = Object.values(Object.groupBy(scenarios, ({ subject }) => subject))
  return groups.flatMap((group = []) => {
    const all = group.map(({ figures }) => figures).filter(isConsumerFigures)
    if (all.length === 0) return []
    const sum = (of: (figures: ConsumerFigures) => number) => all.reduce((total, each) => total + of(each), 0)
    return {
      subject: group[0]?.subject ?? '',
      scenarios: all.length,
      events: sum((each) => each.events),
      records: sum((each) => each.records),
      effects: sum((each) => each.effects),
      redeliveries: sum((each) => each.redeliveries),
      retries: sum((each) => each.retries),
      deadLetters: sum((each) => each.deadLetters),
      rebalances: sum((each) => each.rebalances),
      commits: sum((each) => each.commits),
      keys: all.reduce((most, each) => Math.max(most, each.keys), 0),
      partitions: partitionUse(all.map(({ perPartition }) => perPartition)),
      unmovedWait: all.reduce<number | null>(
        (longest, { unmovedWait: wait }) => (wait === null ? longest : Math.max(longest ?? 0, wait)),
        null,
      ),
    }
  })
}

function partitionUse(scenarios: readonly (readonly number[])[]): PartitionUse {
  const count = scenarios.reduce((most, { length }) => Math.max(most, length), 0)
  const records = Array.from({ length: count }, (_, partition) =>
    scenarios.reduce((sum, each) => sum + (each[partition] ?? 0), 0),
  )
  const all = records.reduce((sum, each) => sum + each, 0)
  return {
    count,
    used: records.filter((each) => each > 0).length,
    largestShare: all === 0 ? undefined : Math.max(...records) / all,
  }
}

/** "0.4 s"; a dash where no instance was restarted. */
export function waited({ unmovedWait }: Pick<ConsumerRow, 'unmovedWait'>): string {
  return unmovedWait === null ? '–' : `${(unmovedWait / 1000).toFixed(1)} s`
}
