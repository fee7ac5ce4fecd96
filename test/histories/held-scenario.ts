import type { Window } from '../../proof/window.ts'
import { HistoryBuilder } from './builder.ts'
import type { PlanChange } from './plan.ts'

/** Window W5 as the judge of these tests knows it: the relay was killed while it waited to mark. */
export const W5: Window = {
  id: 'W5',
  title: 'published, not marked',
  entered(trial) {
    const waiting = trial.first('gate.waiting')
    const bitten = trial.first('fault.bitten')
    if (waiting === undefined || bitten === undefined || waiting.seq > bitten.seq) return undefined
    return {
      grade: 'A' as const,
      says: 'the relay waited to mark when it was killed',
      events: [waiting.seq, bitten.seq],
    }
  },
}

/** A scenario that deserves HELD: the relay dies between the record and the mark, and publishes a copy. */
export function heldScenario(change: PlanChange = {}): HistoryBuilder {
  const h = new HistoryBuilder(change)
  h.add({ kind: 'proc', service: 'relay', instance: 0, pid: 1, event: 'started' })
  h.phase('control-before')
  for (const key of ['o-0', 'o-1', 'o-0']) h.order(key)
  h.phase('fault', 'W5')
  h.gate('mark', 'o-2', 'closed')
  const order = h.invoke('o-2')
  h.commitOrder(order)
  h.ok(order)
  h.publish(order)
  h.waiting('mark', 'o-2').fault('armed').fault('bitten').gate('mark', 'o-2', 'opened').fault('cleared')
  h.add({ kind: 'proc', service: 'relay', instance: 0, pid: 2, event: 'started' })
  h.publish(order)
  h.mark(order)
  h.phase('control-after')
  for (const key of ['o-0', 'o-1', 'o-2']) h.order(key)
  h.phase('drain')
  return h
}
