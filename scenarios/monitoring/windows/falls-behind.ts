import { window } from '../window.ts'

/**
 * LW1: no consumer runs, and more events come than may wait unheard.
 *
 * All instances are ended with SIGKILL, so that none says goodbye to the group; then twice as many events come as the
 * alert allows. They stay until the alert is there or its time is over.
 */
export const fallsBehind = window({
  id: 'LW1',
  phrase: 'nobody consumes for longer than its alert allows',
  title: 'too many events wait, and nobody consumes',
  held: 'SIGKILL of every instance, and twice as many events as may wait',
  shown:
    'the broker’s own offsets: more waited than may, between the end of the last instance and the next start',
  needs: { capabilities: ['kill-service'], expiry: true },
  faults: ['kill'],
  traits: ['alert-drill'],
  alone: true,
  once: true,
  async enter(testbed) {
    const { above = 0 } = testbed.plan.monitoring.alert ?? {}
    await testbed.killAll()
    await testbed.put(2 * above + 10)
    await testbed.alerted()
  },
  entered(trial) {
    const { above = 0 } = trial.view.plan.monitoring.alert ?? {}
    const { view } = trial
    const first = view.stretches(({ least }) => least > above).find(({ from }) => view.deadAt(from.seq))
    const killed = trial.first('fault.took-effect')
    if (first === undefined || killed === undefined) return undefined
    return {
      grade: 'A',
      says: `more than ${above} events waited from look to look while no instance ran`,
      events: [killed.seq, first.from.seq, first.to.seq],
    }
  },
  release: (testbed) => testbed.startAll(),
})
