import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openStack } from '../stacks/drivers/processes.ts'
import type { Stack } from '../stacks/stack.ts'
import { atOnce, settingOn } from '../test/stack/experiments.ts'
import { crashDatabase, endSession, killConnect, killRelay, restartConnector } from './bites.ts'
import type { Instrument } from './laboratory/instruments.ts'
import { beforeCommit } from './outbox-atomicity/before-commit.ts'
import { claimedRows } from './outbox-atomicity/claimed-rows.ts'
import { committedNotPublished } from './outbox-atomicity/committed-not-published.ts'
import { heldUncommitted } from './outbox-atomicity/held-commit.ts'
import { offsetNotFlushed } from './outbox-atomicity/offset-not-flushed.ts'
import { publishedNotMarked } from './outbox-atomicity/published-not-marked.ts'
import { requestRefused } from './outbox-atomicity/request-refused.ts'
import { slotLost } from './outbox-atomicity/slot-lost.ts'
import { streamInterrupted } from './outbox-atomicity/stream-interrupted.ts'
import { unreadableEvent } from './outbox-atomicity/undeliverable.ts'
import { PublisherExperiment } from './publisher-experiment.ts'
import type { ArmedWindow, Bite } from './window.ts'

let stack: Stack
let logs: string

before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-disarmed-'))
  stack = await openStack({ logs })
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

/** Each instrument that hurts a publisher, with a window that can't be entered or left hurt without it. */
const USES: readonly (readonly [Instrument, string, ArmedWindow, ...Bite[]])[] = [
  ['commit-gate', 'orders', heldUncommitted],
  ['mark-gate', 'orders', publishedNotMarked, killRelay],
  ['link', 'orders', committedNotPublished],
  ['kill', 'orders', publishedNotMarked, killRelay],
  ['end-session', 'orders', beforeCommit, endSession],
  ['crash-database', 'orders', claimedRows, crashDatabase],
  ['kill-connect', 'orders-cdc', offsetNotFlushed, killConnect],
  ['restart-connector', 'orders-cdc', streamInterrupted, restartConnector],
  ['drop-slot', 'orders-cdc', slotLost],
  ['poison', 'orders', unreadableEvent],
  ['wire', 'orders', requestRefused],
]

test('with any one instrument switched off nothing is proven: VACUOUS, and not HELD', async () => {
  const seen: Record<string, string> = {}
  const tasks = USES.map(([instrument, subject, window, ...bites], index) => async () => {
    const id = `without-${instrument}`
    const options = { id, title: id, controls: ['P1'], subject, name: `s${index}` }
    const experiment = new PublisherExperiment(settingOn(stack, [instrument]), options)
    const { verdict, reason } = await experiment.enter(window, ...bites).run()
    seen[instrument] = verdict === 'VACUOUS' ? verdict : `${verdict}: ${reason}`
  })
  await atOnce(2, tasks)
  assert.deepEqual(seen, Object.fromEntries(USES.map(([instrument]) => [instrument, 'VACUOUS'])))
})
