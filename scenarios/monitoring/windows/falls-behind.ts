import { window } from '../window.ts'

/**
 * LW1: nobody works off what is watched, and more comes of each thing than its alert allows.
 *
 * Who would work it off is ended with SIGKILL, so that none says goodbye, or stopped; then more comes than may wait. It
 * stays until every alert is there or its time is over.
 */
export const fallsBehind = window({
  id: 'LW1',
  phrase: 'more waits than its alerts allow',
  title: 'too much waits, and nobody works it off',
  held: 'SIGKILL of each service that works it off, a stopped connector, and more than may wait of each thing',
  shown:
    'the numbers of the broker and the database: of each thing that has an alert more waited than may, while nobody was at work',
  needs: { capabilities: ['kill-service'], expiry: true },
  faults: [],
  traits: ['alert-drill'],
  alone: true,
  once: true,
  async enter(testbed) {
    await testbed.raise()
    await testbed.alerted()
  },
  entered(trial) {
    const { view } = trial
    const { workers } = view.plan.monitoring
    const seqs: number[] = []
    for (const backlog of view.alerting) {
      const first = backlog.tooMuch.find(
        ({ from }) => workers.length === 0 || backlog.declared.of === 'letters' || view.deadAt(from.seq),
      )
      if (first === undefined) return undefined
      seqs.push(first.from.seq, first.to.seq)
    }
    const killed = trial.first('fault.took-effect')
    if (seqs.length === 0 || (workers.length > 0 && killed === undefined)) return undefined
    const all = view.alerting.map(({ declared }) => `more than ${declared.alert?.above} ${declared.says}`)
    return {
      grade: 'A',
      says: `${all.join(', ')}, from look to look while nobody was at work`,
      events: [...(killed ? [killed.seq] : []), ...seqs].sort((a, b) => a - b),
    }
  },
  release: (testbed) => testbed.lower(),
})
