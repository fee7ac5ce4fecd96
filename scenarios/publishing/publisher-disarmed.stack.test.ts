import { test } from 'node:test'
import { connectKilled } from '../../faults/connect-killed.ts'
import { connectorRestarted } from '../../faults/connector-restarted.ts'
import { databaseCrashed } from '../../faults/database-crashed.ts'
import type { Fault } from '../../faults/fault.ts'
import { relayKilled } from '../../faults/relay-killed.ts'
import { sessionEnded } from '../../faults/session-ended.ts'
import { assertVacuousWithout, type Use } from '../../test/stack/disarmed.ts'
import { kind } from './kind.ts'
import { beforeCommit } from './windows/before-commit.ts'
import { claimedRows } from './windows/claimed-rows.ts'
import { committedNotPublished } from './windows/committed-not-published.ts'
import { heldUncommitted } from './windows/held-uncommitted.ts'
import { offsetNotFlushed } from './windows/offset-not-flushed.ts'
import { publishedNotMarked } from './windows/published-not-marked.ts'
import { requestRefused } from './windows/request-refused.ts'
import { slotLost } from './windows/slot-lost.ts'
import { streamInterrupted } from './windows/stream-interrupted.ts'
import { unreadableEvent } from './windows/unreadable-event.ts'

/** Each fault that hurts a publisher, with a window that can't be entered or left hurt without it. */
const USES: readonly Use[] = [
  ['commit-gate', 'orders', entering(heldUncommitted)],
  ['mark-gate', 'orders', entering(publishedNotMarked, relayKilled)],
  ['link', 'orders', entering(committedNotPublished)],
  ['kill', 'orders', entering(publishedNotMarked, relayKilled)],
  ['end-session', 'orders', entering(beforeCommit, sessionEnded)],
  ['crash-database', 'orders', entering(claimedRows, databaseCrashed)],
  ['kill-connect', 'orders-cdc', entering(offsetNotFlushed, connectKilled)],
  ['restart-connector', 'orders-cdc', entering(streamInterrupted, connectorRestarted)],
  ['drop-slot', 'orders-cdc', entering(slotLost)],
  ['poison', 'orders', entering(unreadableEvent)],
  ['wire', 'orders', entering(requestRefused)],
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
