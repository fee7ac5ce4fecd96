import { counterexample, held, unknown, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { Backlog, Judged } from '../view/backlog.ts'
import { partsOf, type Waiting, waitingInAll, waitingOn } from '../view/waiting.ts'
import { overBacklogs } from './over-backlogs.ts'
import { range, says } from './words.ts'

/**
 * LG1. What a monitor reports is what waits.
 *
 * What can violate it: a number that a consumer keeps and does not renew, offsets of another group, partitions that are
 * read once at the start, a sum over fewer parts than there are, letters that are counted since its own start, the age
 * of rows that were published long ago, what another slot keeps.
 * How it is seen: the source is asked right before the monitor is asked and right after: the broker for the
 * ends of the log and a group's offsets, the database for the rows of the outbox and for what a slot keeps. What has come
 * only rises, and so does what was worked off, so that in between no more can have waited than the later end less what
 * was done earlier, and no less than the earlier end less what was done later: a range that leaves one number where
 * nothing moves. An age is a clock less the birth of the oldest: the same two numbers, and our own looks know a birth no
 * better than they are apart, which is its error. Where the monitor may be older, the look before is the last one that is
 * older still. A part of which nothing was worked off waits as a whole; where nothing can be said to wait, a monitor may
 * leave it out.
 */
export const trueBacklog = predicate({
  id: 'LG1',
  title: 'true backlog',
  claim: 'what is reported is what waits',
  promise: 'Whenever the monitor is asked, it says how much waits of each thing that it watches.',
  formal:
    'each answer between a look (e₁, d₁) and a look (e₂, d₂) at what came and what was done: max(0, e₁ − d₂) − error ≤ reported ≤ e₂ − d₁ + error, per part or as a sum; what the declared `refresh` allows is added before the first',
  controls: ['O2'],
  violations: {
    'wrong-backlog': { means: 'the monitor says another number than can have waited' },
    'hidden-backlog': { means: 'something waits, and the monitor does not tell of it' },
  },
  check(view) {
    return overBacklogs(this.id, view.backlogs, (backlog) => {
      const { judged, error } = backlog
      for (const [n, each] of judged.entries()) {
        const wrong = firstWrong(backlog, each, error)
        if (wrong === undefined) continue
        const { told, before, after } = each
        const text = `${saysOf(view.plan.monitoring.monitor, backlog, wrong, error)} (answer ${n + 1} of ${judged.length})`
        return violated(this.id, wrong.name, counterexample(text, [before.seq, told.seq, after.seq]))
      }
      if (judged.length === 0)
        return unknown(
          this.id,
          `no answer of the monitor lies between two looks at the ${backlog.declared.of}`,
        )
      return held(this.id, judged.length)
    })
  },
  mutation: {
    says: 'let the monitor report a hundred more than wait',
    names: ['wrong-backlog'],
    apply(view) {
      for (const { declared, judged, error } of view.backlogs) {
        const ofIt = ({ backlog }: { readonly backlog: string }) => backlog === declared.of
        const each = judged.find(({ told }) => told.told.some(ofIt))
        if (each === undefined) continue
        const { told, before, after } = each
        const waits = waitingInAll(before, after).most + error + 100
        const more = told.told.map((one) => (ofIt(one) ? { ...one, waits } : one))
        return mutated(view.events, { replaced: [{ ...told, told: more }] })
      }
      return undefined
    },
  },
})

interface Wrong {
  readonly name: 'wrong-backlog' | 'hidden-backlog'
  /** Null: over all of them. */
  readonly part: string | null
  readonly waits: number | undefined
  readonly waiting: Waiting
}

function firstWrong(
  { declared }: Backlog,
  { told, before, after }: Judged,
  error: number,
): Wrong | undefined {
  const ofIt = told.told.filter(({ backlog }) => backlog === declared.of)
  const sum = ofIt.find(({ part }) => part === null)
  if (sum !== undefined) return wrong(null, sum.waits, waitingInAll(before, after), error)
  const said = new Map(ofIt.flatMap(({ part, waits }) => (part === null ? [] : [[part, waits]])))
  for (const part of new Set([...partsOf(before, after), ...said.keys()])) {
    const found = wrong(part, said.get(part), waitingOn(part, before, after), error)
    if (found !== undefined) return found
  }
  return undefined
}

function wrong(
  part: string | null,
  waits: number | undefined,
  waiting: Waiting,
  error: number,
): Wrong | undefined {
  const { least, most } = waiting
  if (waits === undefined) return least > error ? { name: 'hidden-backlog', part, waits, waiting } : undefined
  return waits < least - error || waits > most + error
    ? { name: 'wrong-backlog', part, waits, waiting }
    : undefined
}

function saysOf(monitor: string, backlog: Backlog, { part, waits, waiting }: Wrong, error: number): string {
  const place = part === null || part === '' ? '' : `, partition ${part}`
  const reported = waits === undefined ? 'says nothing' : `says ${waits}`
  return `${monitor}’s ${backlog.declared.metric} ${reported} where ${says(backlog, range(waiting, error))}${place}`
}
