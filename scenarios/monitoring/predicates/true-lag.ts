import { counterexample, held, unknown, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { Judged, MonitoringView } from '../view/monitoring-view.ts'
import { partitionsOf, type Waited, waitedInAll, waitedOn } from '../view/waited.ts'
import { range } from './words.ts'

/**
 * LG1. What a monitor reports is what waits.
 *
 * What can violate it: a number that the consumer keeps and does not renew, offsets of another group, partitions that
 * are read once at the start, a sum over fewer partitions than there are.
 * How it is seen: the broker is asked for the ends of the log and for the group's offsets right before the monitor is
 * asked and right after. Both only rise, so that in between no more can have waited than the later end less the earlier
 * offset, and no fewer than the earlier end less the later offset: a range that leaves one number where nothing moves.
 * Where the monitor may be older, the look before is the last one that is older still. A partition without an offset
 * waits as a whole; where nothing can be said to wait, a monitor may leave it out.
 */
export const trueLag = predicate({
  id: 'LG1',
  title: 'true lag',
  claim: 'the reported lag is the true lag',
  promise: 'Whenever the monitor is asked, it says how many events wait, for each partition or in all.',
  formal:
    'each answer between a look (e₁, c₁) and a look (e₂, c₂): max(0, e₁ − c₂) ≤ reported ≤ e₂ − c₁, per partition or as a sum; what the declared `refresh` allows is added before the first',
  controls: ['O2'],
  violations: {
    'wrong-lag': {},
    'hidden-lag': { means: 'events wait, and the monitor does not tell of them' },
  },
  check(view) {
    const { judged } = view
    for (const each of judged) {
      const wrong = firstWrong(each)
      if (wrong === undefined) continue
      const { told, before, after } = each
      const says = saysOf(view, wrong)
      return violated(this.id, wrong.name, counterexample(says, [before.seq, told.seq, after.seq]))
    }
    if (judged.length === 0) return unknown(this.id, 'no answer of the monitor lies between two looks')
    return held(this.id, judged.length)
  },
  mutation: {
    says: 'let the monitor report a hundred more than wait',
    names: ['wrong-lag'],
    apply(view) {
      const each = view.judged.find(({ told }) => told.lags.length > 0)
      if (each === undefined) return undefined
      const { told, before, after } = each
      const { most } = waitedInAll(before, after)
      const lags = told.lags.map(({ partition }) => ({ partition, lag: most + 100 }))
      return mutated(view.events, { replaced: [{ ...told, lags }] })
    },
  },
})

interface Wrong {
  readonly name: 'wrong-lag' | 'hidden-lag'
  readonly partition: number | null
  readonly lag: number | undefined
  readonly waited: Waited
}

function firstWrong({ told, before, after }: Judged): Wrong | undefined {
  const sum = told.lags.find(({ partition }) => partition === null)
  if (sum !== undefined) return wrong(null, sum.lag, waitedInAll(before, after))
  const said = new Map(told.lags.map(({ partition, lag }) => [partition, lag]))
  const partitions = new Set([...partitionsOf(before, after), ...said.keys()])
  for (const partition of partitions) {
    if (partition === null) continue
    const found = wrong(partition, said.get(partition), waitedOn(partition, before, after))
    if (found !== undefined) return found
  }
  return undefined
}

function wrong(partition: number | null, lag: number | undefined, waited: Waited): Wrong | undefined {
  if (lag === undefined) return waited.least > 0 ? { name: 'hidden-lag', partition, lag, waited } : undefined
  return lag < waited.least || lag > waited.most ? { name: 'wrong-lag', partition, lag, waited } : undefined
}

function saysOf({ plan, judged }: MonitoringView, { partition, lag, waited }: Wrong): string {
  const { monitor, metric, topic } = plan.monitoring
  const place = partition === null ? topic : `partition ${partition} of ${topic}`
  const reported = lag === undefined ? `says nothing of ${place}` : `says that ${lag} events wait on ${place}`
  const number = judged.findIndex((each) => firstWrong(each) !== undefined) + 1
  return `${monitor}’s ${metric} ${reported}, where ${range(waited)} waited (answer ${number} of ${judged.length})`
}
