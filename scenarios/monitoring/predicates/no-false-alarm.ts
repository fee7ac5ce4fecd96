import { counterexample, held, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { Backlog, Stretch } from '../view/backlog.ts'
import { waitingInAll } from '../view/waiting.ts'
import { overBacklogs } from './over-backlogs.ts'
import { says, secondsGive } from './words.ts'

/**
 * LG5. Nobody is told where nothing is wrong.
 *
 * What can violate it: a threshold below what always waits, a rule that means another consumer, one that takes a value
 * that is not there for a bad one.
 * How it is seen: an alert comes, and in the time before it in which there may have been a cause no look can have seen
 * more than may wait.
 */
export const noFalseAlarm = predicate({
  id: 'LG5',
  title: 'no false alarm',
  claim: 'nobody is told where no more waits than may',
  promise: 'An alert comes only where too much waited.',
  formal:
    'the alert reaches the webhook at t ⇒ more than `alert.above` may have waited at a moment between t − bound and t, with the bound of the alert’s coming',
  controls: ['O2'],
  violations: {
    'false-alarm': {},
  },
  undeclared: ({ alerting }) => (alerting.length > 0 ? undefined : 'no alert is put to the test here'),
  check(view) {
    return overBacklogs(this.id, view.alerting, (backlog) => {
      const { alert } = backlog.declared
      if (alert === undefined) return held(this.id, 0)
      const { fires, name, above } = alert
      const { error } = backlog
      for (const { firing, alert: came } of backlog.turns) {
        if (!firing) continue
        const before = pairs(backlog).filter(
          ({ from, to }) => from.seq < came.seq && to.at >= came.at - fires,
        )
        const most = before.reduce((most, { from, to }) => Math.max(most, waitingInAll(from, to).most), 0)
        if (before.length === 0 || most + error > above) continue
        const text = `the alert ${name} came, and no more than ${says(backlog, most)} in the ${secondsGive(fires, backlog.blindness)} before; ${above} may`
        const seqs = [before[0]?.from.seq, came.seq, before.at(-1)?.to.seq]
        return violated(this.id, 'false-alarm', counterexample(text, seqs, {}, 'C'))
      }
      return held(this.id, backlog.looks.length)
    })
  },
  /** An alert comes at rest. */
  mutation: {
    says: 'send the alert while next to nothing waits',
    applies: ({ alerting }) => alerting.length > 0,
    apply(view) {
      for (const { declared, looks, error } of view.alerting) {
        const { alert } = declared
        const [first, second] = looks
        if (alert === undefined || first === undefined || second === undefined) continue
        if (waitingInAll(first, second).most + error > alert.above) continue
        const { scenario, at, seq } = second
        const body = JSON.stringify({ labels: { alertname: alert.name, of: 'nothing' } })
        const came = { kind: 'alert', name: alert.name, subject: 'firing', body } as const
        return mutated(view.events, { added: [{ ...came, scenario, at, seq: seq - 0.5 }] })
      }
      return undefined
    },
  },
})

/** Every two looks that follow each other. */
function pairs({ looks }: Backlog): readonly Stretch[] {
  return looks.flatMap((to, n) => {
    const from = looks[n - 1]
    return from === undefined ? [] : [{ from, to }]
  })
}
