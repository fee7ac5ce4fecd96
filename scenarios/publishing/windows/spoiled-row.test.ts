import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trialsOf } from '../../../proof/history/trials.ts'
import { fed } from '../../../proof/history/view.ts'
import { HistoryBuilder } from '../fixture/builder.ts'
import { table } from '../fixture/entered.ts'
import { PublisherView } from '../view/publisher-view.ts'
import { oversizedEvent } from './oversized-event.ts'
import { unreadableEvent } from './unreadable-event.ts'

/** A row with this payload that is not published, and others behind it. */
function behind(payload: string) {
  return (h: HistoryBuilder) => {
    h.fault('armed', 'poison', 'm-1').fault('tookEffect', 'poison', 'm-1')
    const order = h.invoke('m-1')
    h.commit([h.stateRow(order), h.outboxRow(order, { payload })], order.xid)
    h.order('beside')
  }
}

table('A11', [
  ['its payload can not be read', /^a row of 5 bytes was committed and is not on the log/, behind('{"key')],
  ['its column holds JSON only', /^a row of 10 bytes was committed/, behind('"{\\"key\\""')],
  ['its payload is good JSON', undefined, behind('{"key":1}')],
])

/** A `bytea` as Postgres sends it. */
const asBytes = (text: string) => `\\x${Buffer.from(text).toString('hex')}`

table('A19', [
  [
    'its payload is in a column of bytes',
    /^a row of 1100002 bytes/,
    behind(asBytes(`"${'x'.repeat(1_100_000)}"`)),
  ],
  ['its payload is over the limit', /^a row of 1100002 bytes/, behind(`"${'x'.repeat(1_100_000)}"`)],
  ['its payload is small', undefined, behind('"x"')],
])

/** What shows that the subject's own design keeps it out of A11. @param value on the log; undefined: there is nothing */
function exclusion(payload: string, value: string | undefined) {
  const h = new HistoryBuilder({ windows: ['A11'], marked: ['m-1'] }).phase('fault', 'A11')
  h.fault('armed', 'poison', 'm-1').fault('tookEffect', 'poison', 'm-1')
  const order = h.invoke('m-1')
  h.commit([h.stateRow(order), h.outboxRow(order, { payload })], order.xid)
  if (value !== undefined) h.publish(order, { value })
  const [trial] = trialsOf(fed(new PublisherView(h.plan), h.events), 'A11')
  return trial && unreadableEvent.excluded?.(trial)?.says
}

test('a relay that passes payloads on unread can not meet a damaged one', () => {
  assert.match(exclusion('{{"key', '{{"key') ?? '', /^its relay passes on what it does not read/)
  assert.match(
    exclusion('{{"key', 'before {{"key after') ?? '',
    /on the log as it was committed, at offset 0/,
  )
})

test('a relay that passes on a column of bytes unread can not meet a damaged one, either', () => {
  assert.match(exclusion(asBytes('{{"key'), '{{"key') ?? '', /^its relay passes on what it does not read/)
})

test('where the outbox takes no event of that size there is none', () => {
  const h = new HistoryBuilder({ windows: ['A19'], marked: ['m-1'] }).phase('fault', 'A19')
  h.add({ kind: 'fact', name: 'payload.limit', subject: 'outbox.body', value: 4000 })
  const [trial] = trialsOf(fed(new PublisherView(h.plan), h.events), 'A19')
  assert.equal(
    trial && oversizedEvent.excluded?.(trial)?.says,
    'column outbox.body takes 4000 characters at most, so that no event can grow beyond what the broker takes',
  )
})

test('without the damaged payload on the log nothing shows that', () => {
  assert.equal(exclusion('{{"key', undefined), undefined)
  assert.equal(exclusion('{{"key', '{"key":1}'), undefined)
  assert.equal(exclusion('{"key":1}', '{"key":1}'), undefined)
})
