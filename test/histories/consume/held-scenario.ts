import type { Window } from '../../../proof/window.ts'
import { ConsumerHistory } from './builder.ts'
import type { PlanChange } from './plan.ts'

/** Window W14 as the judge of these tests knows it: the consumer was killed while its effect waited for COMMIT. */
export const W14: Window = {
  id: 'W14',
  title: 'before the effect is committed',
  entered(trial) {
    const waiting = trial.first('gate.waiting')
    const bitten = trial.first('fault.bitten')
    if (waiting === undefined || bitten === undefined || waiting.seq > bitten.seq) return undefined
    const says = 'the consumer waited in COMMIT when it was killed'
    return { grade: 'A', says, events: [waiting.seq, bitten.seq] }
  },
}

/** A scenario that deserves HELD: the consumer dies before the effect, and handles the event when it is back. */
export function heldScenario(change: PlanChange = {}): ConsumerHistory {
  const h = new ConsumerHistory(change)
  h.started()
    .generation({ first: [0, 1] })
    .phase('control-before')
  h.handleAll('o-0', 'o-1', 'o-0', 'o-1')
  h.phase('fault', 'W14').gate('event-5', 'closed')
  const event = h.put('o-0')
  h.attempt(event).waiting(event.id, event.xid)
  h.fault('armed').fault('bitten').gate(event.id, 'opened').fault('cleared')
  h.started(0, 2).generation({ second: [0, 1] })
  h.attempt(event).apply(event, 900)
  h.commit(event)
  h.phase('control-after')
  h.handleAll('o-0', 'o-1', 'o-2')
  h.phase('drain')
  return h
}
