import { test } from 'node:test'
import { assertVacuousWithout, type Use } from '../test/stack/disarmed.ts'
import { endConsumerSession, killConsumer, stopConsumer } from './consumer-bites.ts'
import { ConsumerExperiment } from './consumer-experiment.ts'
import type { ConsumerLaboratory } from './consumer-laboratory/consumer-laboratory.ts'
import { attemptsFail } from './dead-letters/attempts-fail.ts'
import { deadLettersUnavailable } from './dead-letters/dead-letters-unavailable.ts'
import { abortedTransaction } from './delivery/aborted-transaction.ts'
import { coldStart } from './delivery/cold-start.ts'
import { copiesBackToBack } from './duplicate-tolerance/copies-back-to-back.ts'
import { effectHeld } from './duplicate-tolerance/effect-held.ts'
import { effectNotCommitted } from './duplicate-tolerance/effect-not-committed.ts'
import { zombie } from './rebalancing/zombie.ts'
import type { ArmedWindow, Bite } from './window.ts'

/** Each instrument that hurts a consumer, with a window that can't be entered or left hurt without it. */
const USES: readonly Use[] = [
  ['effect-gate', 'fulfillment', entering(effectHeld)],
  ['kill', 'fulfillment', entering(effectNotCommitted, killConsumer)],
  ['stop', 'fulfillment', entering(effectNotCommitted, stopConsumer)],
  ['end-session', 'fulfillment', entering(effectNotCommitted, endConsumerSession)],
  ['pause', 'fulfillment', entering(zombie)],
  ['copies', 'fulfillment', entering(copiesBackToBack)],
  ['expiry', 'fulfillment', entering(coldStart)],
  ['transaction', 'fulfillment', entering(abortedTransaction)],
  ['wire', 'payment', entering(deadLettersUnavailable)],
  ['failures', 'payment', entering(attemptsFail)],
  ['poison', 'payment', entering(attemptsFail)],
]

function entering(
  window: ArmedWindow<ConsumerLaboratory>,
  ...bites: readonly Bite<ConsumerLaboratory>[]
): Use[2] {
  return (setting, options) => new ConsumerExperiment(setting, options).enter(window, ...bites)
}

test('with any one instrument switched off nothing is proven: VACUOUS, and not HELD', () =>
  assertVacuousWithout(USES))
