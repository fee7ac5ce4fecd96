import { CHECKERS } from '../checkers/publish/checkers.ts'
import { EDITS } from '../edits/publish/edits.ts'
import { asserted } from '../guards/asserted.ts'
import { bite } from '../guards/bite.ts'
import { checkerAlive } from '../guards/checker-alive.ts'
import { instruments } from '../guards/instruments.ts'
import { control } from '../guards/publish/control.ts'
import { load } from '../guards/publish/load.ts'
import { observerComplete } from '../guards/publish/observer-complete.ts'
import { recovery } from '../guards/publish/recovery.ts'
import type { PublisherPlan } from '../history/plan.ts'
import { PublisherView } from '../history/publisher-view.ts'
import type { Jurisdiction } from '../jurisdiction.ts'

/** Publishers: what was committed is on the log. */
export const publishing: Jurisdiction<PublisherPlan, PublisherView> = {
  view: (events, plan) => new PublisherView(events, plan),
  checkers: CHECKERS,
  edits: EDITS,
  // A blind witness before a fault that seems not to bite.
  guards: [observerComplete, instruments, bite, load, recovery, control, asserted, checkerAlive],
  subject: (view) => ({
    kind: 'publisher',
    subject: view.plan.publisher.name,
    relay: view.plan.publisher.relay,
    figures: view.figures(),
  }),
}
