import { DeadlinePassed } from '../../../core/until.ts'
import type { Capture } from '../../../faults/capture.ts'
import type { Hurtable } from '../../../faults/fault.ts'
import type { Waiting } from '../../../proof/gates/gate-locks.ts'
import type { RunningService } from '../../../stacks/stack.ts'
import type { PublisherPlan } from '../plan.ts'
import type { PublisherParts } from './publisher-parts.ts'

/** What a testbed tells of its publisher. */
interface Publisher {
  readonly parts: PublisherParts
  readonly plan: PublisherPlan
  readonly relay: RunningService
  readonly relayAtGate: RunningService
  readonly waitingAtGate: Waiting | undefined
  readonly markedKey: string
  readonly trial: number
  marked(): Promise<void>
}

/** What faults can hurt of a publisher. */
export function publisherTargets(testbed: Publisher) {
  return {
    relay: () => testbed.relay,
    service: () => testbed.parts.service,
    'relay at work': () => ({
      get atGate() {
        return testbed.waitingAtGate && testbed.relayAtGate
      },
      ended: testbed.parts.relays.find((relay) => !relay.running) ?? testbed.relay,
      marked: () => testbed.marked().catch((error) => notTakenOver(error, testbed)),
    }),
    session: () => ({
      waiting: testbed.waitingAtGate,
      url: testbed.parts.database.url('host'),
      key: testbed.markedKey,
    }),
    database: () => testbed.parts.database,
    connector: () => captureOf(testbed),
  } satisfies Hurtable['targets']
}

/** Nobody took over: that alone is what the trial shows, and what may be done about it. @throws what it was given */
function notTakenOver(error: unknown, { parts, plan, markedKey }: Publisher): never {
  const seconds = plan.bounds.recovery / 1000
  const text = `no other relay marked the row of ${markedKey} within ${seconds} s: where that waits until a lease is over, raise recoverWithin of the publisher above it`
  if (error instanceof DeadlinePassed) parts.history.record({ kind: 'note', text })
  throw error
}

/** @throws where the relay is no connector */
function captureOf({ parts, plan, trial }: Publisher): Capture {
  const { connector, connect, database, history } = parts
  const { publisher } = plan
  if (!connector || !connect) throw new Error(`${publisher.name} has no connector`)
  const { slot = '' } = publisher
  return { connector, connect, slot, url: database.url('host'), history, lastTrial: trial === plan.trials }
}
