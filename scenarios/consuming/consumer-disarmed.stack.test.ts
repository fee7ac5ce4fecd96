import { test } from 'node:test'
import { assertVacuousWithout, type Use } from '../../test/stack/disarmed.ts'
import type { Fault, Window } from '../window.ts'
import { ConsumerExperiment } from './consumer-experiment.ts'
import { endConsumerSession, killConsumer, stopConsumer } from './consumer-faults.ts'
import type { ConsumerTestbed } from './testbed/consumer-testbed.ts'
import { abortedTransaction } from './windows/aborted-transaction.ts'
import { attemptsFail } from './windows/attempts-fail.ts'
import { coldStart } from './windows/cold-start.ts'
import { copiesBackToBack } from './windows/copies-back-to-back.ts'
import { deadLettersUnavailable } from './windows/dead-letters-unavailable.ts'
import { effectHeld } from './windows/effect-held.ts'
import { effectNotCommitted } from './windows/effect-not-committed.ts'
import { zombie } from './windows/zombie.ts'

/** Each fault that hurts a consumer, with a window that can't be entered or left hurt without it. */
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

function entering(window: Window<ConsumerTestbed>, ...faults: readonly Fault<ConsumerTestbed>[]): Use[2] {
  return (context, options) => new ConsumerExperiment(context, options).enter(window, ...faults)
}

test('with any one fault switched off nothing is proven: VACUOUS, and not HELD', () =>
  assertVacuousWithout(USES))
