import { test } from 'node:test'
import { consumerKilled } from '../../faults/consumer-killed.ts'
import { consumerStopped } from '../../faults/consumer-stopped.ts'
import type { Fault } from '../../faults/fault.ts'
import { sessionEnded } from '../../faults/session-ended.ts'
import { assertVacuousWithout, type Use } from '../../test/stack/disarmed.ts'
import { kind } from './kind.ts'
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
  ['kill', 'fulfillment', entering(effectNotCommitted, consumerKilled)],
  ['stop', 'fulfillment', entering(effectNotCommitted, consumerStopped)],
  ['end-session', 'fulfillment', entering(effectNotCommitted, sessionEnded)],
  ['pause', 'fulfillment', entering(zombie)],
  ['copies', 'fulfillment', entering(copiesBackToBack)],
  ['expiry', 'fulfillment', entering(coldStart)],
  ['transaction', 'fulfillment', entering(abortedTransaction)],
  ['wire', 'payment', entering(deadLettersUnavailable)],
  ['failures', 'payment', entering(attemptsFail)],
  ['poison', 'payment', entering(attemptsFail)],
]

function entering({ phrase }: { readonly phrase: string }, ...faults: readonly Fault[]): Use[2] {
  return (context, options) => {
    const experiment = kind.begin(context, options)
    experiment.enter(phrase, [], faults)
    return experiment
  }
}

test('with any one fault switched off nothing is proven: VACUOUS, and not HELD', () =>
  assertVacuousWithout(USES))
