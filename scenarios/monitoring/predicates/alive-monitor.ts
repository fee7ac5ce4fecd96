import { counterexample, held, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import { isAnswer, type Told } from '../view/backlog.ts'
import type { MonitoringView } from '../view/monitoring-view.ts'
import { seconds } from './words.ts'

/** Questions in a row that get no answer: one alone may be a moment's work. */
const SEVERAL = 3

/**
 * LG2. A monitor answers, whoever else is dead.
 *
 * What can violate it: a metric of the consumer's or the relay's own process, an exporter that waits for the group to have members.
 * How it is seen: the monitor is asked all the time; several questions in a row, over longer than the bound, get no
 * answer. Nobody but those who work off what is watched is hurt meanwhile.
 */
export const aliveMonitor = predicate({
  id: 'LG2',
  title: 'alive monitor',
  claim: 'the monitor answers also while nobody is at work',
  promise: 'What tells how much waits does not die with who works it off.',
  formal:
    'no three questions to the monitor in a row, over more than the declared `refresh` and 3 s, are without an answer (status 2xx); some are asked while no instance of a service runs that works off what is watched',
  controls: ['O2'],
  needs: 'a question to the monitor while nobody is at work',
  violations: {
    'silent-monitor': {},
  },
  check(view) {
    const { monitor, workers } = view.plan.monitoring
    for (const row of silences(view)) {
      const [first, last] = [row[0], row.at(-1)]
      if (first === undefined || last === undefined || row.length < SEVERAL) continue
      const silent = last.at - first.at
      if (silent <= view.plan.bounds.silence) continue
      const dead = row.some(({ seq }) => view.deadAt(seq)) ? `, while no ${workers.join(' or no ')} ran` : ''
      const why = first.reason ?? `status ${first.status}`
      const says = `${monitor} gave no answer to ${row.length} questions in ${seconds(silent)} (${why})${dead}`
      return violated(this.id, 'silent-monitor', counterexample(says, [first.seq, last.seq], {}, 'C'))
    }
    const counts = ({ seq }: Told) => workers.length === 0 || view.deadAt(seq)
    return held(this.id, view.tolds.filter((told) => isAnswer(told) && counts(told)).length)
  },
  mutation: {
    says: 'let the monitor give no answer from when nobody is at work',
    apply(view) {
      const { workers } = view.plan.monitoring
      const first = view.tolds.find(({ seq }) => workers.length === 0 || view.deadAt(seq))
      const rest = view.tolds.filter(({ seq }) => first !== undefined && seq >= first.seq)
      const last = rest.at(-1)
      if (first === undefined || last === undefined || rest.length < SEVERAL) return undefined
      if (last.at - first.at <= view.plan.bounds.silence) return undefined
      return mutated(view.events, { replaced: rest.map((told) => ({ ...told, status: 0, told: [] })) })
    },
  },
})

/** Questions in a row without an answer. */
function silences({ tolds }: MonitoringView): readonly Told[][] {
  const rows: Told[][] = [[]]
  for (const told of tolds) {
    if (isAnswer(told)) rows.push([])
    else rows.at(-1)?.push(told)
  }
  return rows
}
