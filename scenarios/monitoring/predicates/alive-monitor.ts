import { counterexample, held, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import { isAnswer, type MonitoringView, type Told } from '../view/monitoring-view.ts'
import { seconds } from './words.ts'

/** Questions in a row that get no answer: one alone may be a moment's work. */
const SEVERAL = 3

/**
 * LG2. Lag is reported also while nobody consumes.
 *
 * What can violate it: a metric of the consumer's own process, an exporter that waits for the group to have members.
 * How it is seen: the monitor is asked all the time; several questions in a row, over longer than the bound, get no
 * answer. Nobody but the consumers is hurt meanwhile.
 */
export const aliveMonitor = predicate({
  id: 'LG2',
  title: 'alive monitor',
  claim: 'lag is reported also while nobody consumes',
  promise: 'What tells how much waits does not die with the consumer.',
  formal:
    'no three questions to the monitor in a row, over more than the declared `refresh` and 3 s, are without an answer (status 2xx); some are asked while no instance of the consumer runs',
  controls: ['O2'],
  needs: 'a question to the monitor while no instance of the consumer runs',
  violations: {
    'silent-monitor': {},
  },
  check(view) {
    const { monitor, consumer } = view.plan.monitoring
    for (const row of silences(view)) {
      const [first, last] = [row[0], row.at(-1)]
      if (first === undefined || last === undefined || row.length < SEVERAL) continue
      const silent = last.at - first.at
      if (silent <= view.plan.bounds.silence) continue
      const dead = row.some(({ seq }) => view.deadAt(seq)) ? `, while no ${consumer} ran` : ''
      const why = first.reason ?? `status ${first.status}`
      const says = `${monitor} gave no answer to ${row.length} questions in ${seconds(silent)} (${why})${dead}`
      return violated(this.id, 'silent-monitor', counterexample(says, [first.seq, last.seq], {}, 'C'))
    }
    return held(this.id, view.tolds.filter((told) => isAnswer(told) && view.deadAt(told.seq)).length)
  },
  mutation: {
    says: 'let the monitor give no answer from when nobody consumes',
    apply(view) {
      const first = view.tolds.find(({ seq }) => view.deadAt(seq))
      const rest = view.tolds.filter(({ seq }) => first !== undefined && seq >= first.seq)
      const last = rest.at(-1)
      if (first === undefined || last === undefined || rest.length < SEVERAL) return undefined
      if (last.at - first.at <= view.plan.bounds.silence) return undefined
      return mutated(view.events, { replaced: rest.map((told) => ({ ...told, status: 0, lags: [] })) })
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
