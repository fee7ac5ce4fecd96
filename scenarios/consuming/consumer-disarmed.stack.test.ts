import { test } from 'node:test'
import { assertVacuousWithout, type Use } from '../../test/stack/disarmed.ts'
import { endConsumerSession, killConsumer, stopConsumer } from './consumer-faults.ts'
import { ConsumerExperiment } from './consumer-experiment.ts'
import type { ConsumerLaboratory } from './testbed/consumer-testbed.ts'
import { attemptsFail } from './windows/attempts-fail.ts'
import { deadLettersUnavailable } from './windows/dead-letters-unavailable.ts'
import { abortedTransaction } from './windows/aborted-transaction.ts'
import { coldStart } from './windows/cold-start.ts'
import { copiesBackToBack } from './windows/copies-back-to-back.ts'
import { effectHeld } from './windows/effect-held.ts'
import { effectNotCommitted } from './windows/effect-not-committed.ts'
import { zombie } from './windows/zombie.ts'
import type { ArmedWindow, Bite } from '../window.ts'

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
