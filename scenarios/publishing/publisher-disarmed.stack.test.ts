import { test } from 'node:test'
import { assertVacuousWithout, type Use } from '../../test/stack/disarmed.ts'
import type { Fault, Window } from '../window.ts'
import { PublisherExperiment } from './publisher-experiment.ts'
import { crashDatabase, endSession, killConnect, killRelay, restartConnector } from './relay-faults.ts'
import { beforeCommit } from './windows/before-commit.ts'
import { claimedRows } from './windows/claimed-rows.ts'
import { committedNotPublished } from './windows/committed-not-published.ts'
import { heldUncommitted } from './windows/held-commit.ts'
import { offsetNotFlushed } from './windows/offset-not-flushed.ts'
import { publishedNotMarked } from './windows/published-not-marked.ts'
import { requestRefused } from './windows/request-refused.ts'
import { slotLost } from './windows/slot-lost.ts'
import { streamInterrupted } from './windows/stream-interrupted.ts'
import { unreadableEvent } from './windows/undeliverable.ts'

/** Each fault that hurts a publisher, with a window that can't be entered or left hurt without it. */
const USES: readonly Use[] = [
  ['commit-gate', 'orders', entering(heldUncommitted)],
  ['mark-gate', 'orders', entering(publishedNotMarked, killRelay)],
  ['link', 'orders', entering(committedNotPublished)],
  ['kill', 'orders', entering(publishedNotMarked, killRelay)],
  ['end-session', 'orders', entering(beforeCommit, endSession)],
  ['crash-database', 'orders', entering(claimedRows, crashDatabase)],
  ['kill-connect', 'orders-cdc', entering(offsetNotFlushed, killConnect)],
  ['restart-connector', 'orders-cdc', entering(streamInterrupted, restartConnector)],
  ['drop-slot', 'orders-cdc', entering(slotLost)],
  ['poison', 'orders', entering(unreadableEvent)],
  ['wire', 'orders', entering(requestRefused)],
]

function entering(window: Window, ...faults: readonly Fault[]): Use[2] {
  return (context, options) => new PublisherExperiment(context, options).enter(window, ...faults)
}

test('with any one fault switched off nothing is proven: VACUOUS, and not HELD', () =>
  assertVacuousWithout(USES))
