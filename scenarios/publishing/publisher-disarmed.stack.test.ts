import { test } from 'node:test'
import { connectKilled } from '../../faults/connect-killed.ts'
import { connectorRestarted } from '../../faults/connector-restarted.ts'
import { databaseCrashed } from '../../faults/database-crashed.ts'
import { relayKilled } from '../../faults/relay-killed.ts'
import { sessionEnded } from '../../faults/session-ended.ts'
import { assertVacuousWithout, entering, type Use } from '../../test/stack/disarmed.ts'
import { kind } from './kind.ts'
import { beforeCommit } from './windows/before-commit.ts'
import { claimedRows } from './windows/claimed-rows.ts'
import { committedNotPublished } from './windows/committed-not-published.ts'
import { heldUncommitted } from './windows/held-uncommitted.ts'
import { offsetNotFlushed } from './windows/offset-not-flushed.ts'
import { overlappingChanges } from './windows/overlapping-changes.ts'
import { publishedNotMarked } from './windows/published-not-marked.ts'
import { registryAway } from './windows/registry-away.ts'
import { registryFailingAtStart } from './windows/registry-failing-at-start.ts'
import { registryReadOnlyAtStart } from './windows/registry-read-only-at-start.ts'
import { registrySlowAtStart } from './windows/registry-slow-at-start.ts'
import { requestRefused } from './windows/request-refused.ts'
import { schemaDeleted } from './windows/schema-deleted.ts'
import { slotLost } from './windows/slot-lost.ts'
import { streamInterrupted } from './windows/stream-interrupted.ts'
import { unreadableEvent } from './windows/unreadable-event.ts'

const within = entering(kind)

/** Each fault that hurts a publisher, with a window that can't be entered or left hurt without it. */
const USES: readonly Use[] = [
  ['commit-gate', 'orders', within(heldUncommitted)],
  ['mark-gate', 'orders', within(publishedNotMarked, relayKilled)],
  ['write-gate', 'orders', within(overlappingChanges)],
  ['link', 'orders', within(committedNotPublished)],
  ['kill', 'orders', within(publishedNotMarked, relayKilled)],
  ['end-session', 'orders', within(beforeCommit, sessionEnded)],
  ['crash-database', 'orders', within(claimedRows, databaseCrashed)],
  ['kill-connect', 'orders-cdc', within(offsetNotFlushed, connectKilled)],
  ['restart-connector', 'orders-cdc', within(streamInterrupted, connectorRestarted)],
  ['drop-slot', 'orders-cdc', within(slotLost)],
  ['poison', 'orders', within(unreadableEvent)],
  ['wire', 'orders', within(requestRefused)],
  ['registry-away', 'orders-avro', within(registryAway)],
  ['registry-failing', 'orders-avro', within(registryFailingAtStart)],
  ['registry-slow', 'orders-avro', within(registrySlowAtStart)],
  ['registry-read-only', 'orders-avro', within(registryReadOnlyAtStart)],
  ['schema-deleted', 'orders-avro', within(schemaDeleted)],
]

test('with any one fault switched off nothing is proven: VACUOUS, and not HELD', () =>
  assertVacuousWithout(USES))
