import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import { HistoryBuilder } from '../fixture/builder.ts'
import { misdeclared } from './misdeclared.ts'

/** @param asked for by clients on the wire @param written topics that hold records */
async function found(
  live: (h: HistoryBuilder) => void,
  asked: readonly string[],
  written: readonly string[],
) {
  const h = new HistoryBuilder()
  for (const subject of asked) h.add({ kind: 'fact', name: 'topic.asked', subject, value: 'relay' })
  live(h)
  const all = (kind: string) => h.events.filter((event) => event.kind === kind)
  const history = {
    all,
    first: (kind: string, match: (event: never) => boolean) =>
      all(kind).find((event) => match(event as never)),
  } as unknown as ScenarioHistory
  return misdeclared(history, h.plan.publisher, async () => written)
}

test('records on the declared topic: it is the right one', async () => {
  assert.equal(await found((h) => h.orders('o-1'), ['order-event'], ['order-event']), undefined)
})

test('what was written instead is named, also where no client was watched', async () => {
  const wrong = await found(() => {}, [], ['order-event'])
  assert.equal(wrong?.code, 'EVENTPROOF_TOPIC_WRONG')
  assert.match(wrong.detail.what ?? '', /nothing came on 'order-events'; written was to 'order-event'/)
  assert.match(wrong.detail.hint ?? '', /'order-events' is most likely 'order-event'/)
})

test('else what its clients asked for; and where they asked for nothing else, the verdict tells', async () => {
  const wrong = await found(() => {}, ['order-events', 'orders'], [])
  assert.match(wrong?.detail.what ?? '', /its clients asked for 'orders'/)
  assert.equal(await found(() => {}, ['order-events'], []), undefined)
})
