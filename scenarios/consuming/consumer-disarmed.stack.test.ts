import { test } from 'node:test'
import { consumerKilled } from '../../faults/consumer-killed.ts'
import { consumerStopped } from '../../faults/consumer-stopped.ts'
import { sessionEnded } from '../../faults/session-ended.ts'
import { assertVacuousWithout, entering, type Use } from '../../test/stack/disarmed.ts'
import { kind } from './kind.ts'
import { abortedTransaction } from './windows/aborted-transaction.ts'
import { attemptsFail } from './windows/attempts-fail.ts'
import { coldStart } from './windows/cold-start.ts'
import { copiesBackToBack } from './windows/copies-back-to-back.ts'
import { deadLettersUnavailable } from './windows/dead-letters-unavailable.ts'
import { effectHeld } from './windows/effect-held.ts'
import { effectNotCommitted } from './windows/effect-not-committed.ts'
import { zombie } from './windows/zombie.ts'

const within = entering(kind)

/** Each fault that hurts a consumer, with a window that can't be entered or left hurt without it. */
const USES: readonly Use[] = [
  ['effect-gate', 'fulfillment', within(effectHeld)],
  ['kill', 'fulfillment', within(effectNotCommitted, consumerKilled)],
  ['stop', 'fulfillment', within(effectNotCommitted, consumerStopped)],
  ['end-session', 'fulfillment', within(effectNotCommitted, sessionEnded)],
  ['pause', 'fulfillment', within(zombie)],
  ['copies', 'fulfillment', within(copiesBackToBack)],
  ['expiry', 'fulfillment', within(coldStart)],
  ['transaction', 'fulfillment', within(abortedTransaction)],
  ['wire', 'payment', within(deadLettersUnavailable)],
  ['failures', 'payment', within(attemptsFail)],
  ['poison', 'payment', within(attemptsFail)],
]

test('with any one fault switched off nothing is proven: VACUOUS, and not HELD', () =>
  assertVacuousWithout(USES))
