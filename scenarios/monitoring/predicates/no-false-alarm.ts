import { counterexample, held, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { MonitoringView, Stretch } from '../view/monitoring-view.ts'
import { waitedInAll } from '../view/waited.ts'
import { secondsGive } from './words.ts'

/**
 * LG5. Nobody is told of a consumer that keeps up.
 *
 * What can violate it: a threshold below what always waits, a rule that means another consumer, one that takes a value
 * that is not there for a bad one.
 * How it is seen: an alert comes, and in the time before it in which there may have been a cause no look can have seen
 * more than may wait.
 */
export const noFalseAlarm = predicate({
  id: 'LG5',
  title: 'no false alarm',
  claim: 'nobody is told of a consumer that keeps up',
  promise: 'An alert comes only where too many events waited.',
  formal:
    'the alert reaches the webhook at t ⇒ more than `alert.above` events may have waited at a moment between t − bound and t, with the bound of the alert’s coming',
  controls: ['O2'],
  violations: {
    'false-alarm': {},
  },
  undeclared: ({ plan }) => (plan.monitoring.alert ? undefined : 'no alert is put to the test here'),
  check(view) {
    const { alert, topic } = view.plan.monitoring
    if (alert === undefined) return held(this.id, 0)
    const { fires } = view.plan.bounds
    for (const { firing, alert: came } of view.turns) {
      if (!firing) continue
      const before = pairs(view).filter(({ from, to }) => from.seq < came.seq && to.at >= came.at - fires)
      const most = before.reduce((most, { from, to }) => Math.max(most, waitedInAll(from, to).most), 0)
      if (before.length === 0 || most > alert.above) continue
      const says = `the alert ${alert.name} came, and no more than ${most} events waited on ${topic} in the ${secondsGive(fires, view.blindness)} before; ${alert.above} may`
      const seqs = [before[0]?.from.seq, came.seq, before.at(-1)?.to.seq]
      return violated(this.id, 'false-alarm', counterexample(says, seqs, {}, 'C'))
    }
    return held(this.id, view.looks.length)
  },
  /** An alert comes at rest. */
  mutation: {
    says: 'send the alert while next to nothing waits',
    applies: ({ plan }) => plan.monitoring.alert !== undefined,
    apply(view) {
      const { alert } = view.plan.monitoring
      const [first, second] = view.looks
      if (alert === undefined || first === undefined || second === undefined) return undefined
      if (waitedInAll(first, second).most > alert.above) return undefined
      const { scenario, at, seq } = second
      const body = JSON.stringify({ labels: { alertname: alert.name, of: 'nothing' } })
      const came = { kind: 'alert', name: alert.name, subject: 'firing', body } as const
      return mutated(view.events, { added: [{ ...came, scenario, at, seq: seq - 0.5 }] })
    },
  },
})

/** Every two looks that follow each other. */
function pairs({ looks }: MonitoringView): readonly Stretch[] {
  return looks.flatMap((to, n) => {
    const from = looks[n - 1]
    return from === undefined ? [] : [{ from, to }]
  })
}
