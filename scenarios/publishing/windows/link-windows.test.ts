import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trialsOf } from '../../../proof/history/trials.ts'
import { fed } from '../../../proof/history/view.ts'
import { HistoryBuilder } from '../fixture/builder.ts'
import { change, table } from '../fixture/entered.ts'
import { PublisherView } from '../view/publisher-view.ts'
import { acknowledgementLost } from './acknowledgement-lost.ts'
import { twoRelays } from './two-relays.ts'

const LINK = ['link', 'relay→kafka'] as const

table('W3', [
  [
    'committed while the link is cut, published when it is whole',
    /not on the log until the link healed$/,
    (h) => {
      h.fault('armed', ...LINK).fault('tookEffect', ...LINK)
      const order = change(h)
      h.fault('cleared', ...LINK).publish(order)
    },
  ],
  [
    'published all the same',
    undefined,
    (h) => {
      h.fault('armed', ...LINK).fault('tookEffect', ...LINK)
      h.publish(change(h))
      h.fault('cleared', ...LINK)
    },
  ],
  [
    'nothing shows that requests were swallowed',
    undefined,
    (h) => {
      h.fault('armed', ...LINK)
      const order = change(h)
      h.fault('cleared', ...LINK).publish(order)
    },
  ],
])

table('W4', [
  [
    'stored while answers vanish',
    /was stored at offset 0 while no answer could pass$/,
    (h) => {
      h.fault('armed', ...LINK)
      const order = change(h)
      h.publish(order)
      h.fault('tookEffect', ...LINK).fault('cleared', ...LINK)
    },
  ],
  [
    'its row was marked before: the answer had come',
    undefined,
    (h) => {
      h.fault('armed', ...LINK)
      const order = change(h)
      h.publish(order)
      h.mark(order)
      h.fault('tookEffect', ...LINK).fault('cleared', ...LINK)
    },
  ],
  [
    'stored after the link healed',
    undefined,
    (h) => {
      const order = change(h.fault('armed', ...LINK))
      h.fault('tookEffect', ...LINK)
        .fault('cleared', ...LINK)
        .publish(order)
    },
  ],
])

const holds = (h: HistoryBuilder, value: number) =>
  void h.add({ kind: 'fact', name: 'session.holds', subject: 'relay-0', value })

table('W8', [
  [
    'one backend of the first relay keeps its locks while the other publishes',
    /^backend 7 of the first relay held what it had claimed while the other relay published 1 events/,
    (h) => {
      h.fault('armed', ...LINK)
      change(h)
      holds(h, 7)
      h.order('beside')
      holds(h, 7)
      h.fault('tookEffect', ...LINK).fault('cleared', ...LINK)
    },
  ],
  [
    'a lease was taken, and what it is on is not published',
    /^a row was claimed/,
    (h) => {
      h.fault('armed', ...LINK)
      const order = change(h)
      h.mark(order, { leased_until: 'later' })
      h.order('beside')
      h.fault('tookEffect', ...LINK)
        .fault('cleared', ...LINK)
        .publish(order)
    },
  ],
  [
    'an event stays behind while younger ones are published',
    /^an event stayed behind/,
    (h) => {
      h.fault('armed', ...LINK)
      const order = change(h)
      h.order('beside')
      h.fault('tookEffect', ...LINK)
        .fault('cleared', ...LINK)
        .publish(order)
    },
  ],
  [
    'the first relay had nothing: the other one publishes everything',
    undefined,
    (h) => {
      h.fault('armed', ...LINK)
      h.order('m-1')
      h.order('beside')
      h.fault('tookEffect', ...LINK).fault('cleared', ...LINK)
    },
  ],
  [
    'another backend holds something later',
    undefined,
    (h) => {
      h.fault('armed', ...LINK)
      h.order('m-1')
      holds(h, 7)
      h.order('beside')
      holds(h, 8)
      h.fault('tookEffect', ...LINK).fault('cleared', ...LINK)
    },
  ],
])

table('W25', [
  [
    'the first record comes behind the refusal',
    /the first event of m-1 was stored after that/,
    (h) => {
      const order = change(h.fault('armed', 'wire'))
      h.fault('tookEffect', 'wire').publish(order)
    },
  ],
  [
    'another request was refused',
    undefined,
    (h) => {
      h.publish(change(h.fault('armed', 'wire')))
      h.fault('tookEffect', 'wire')
    },
  ],
])

/** What shows that the subject's own design keeps it out of W8. @param meanwhile before the link heals */
function exclusion(meanwhile: (h: HistoryBuilder) => void) {
  const h = new HistoryBuilder({ windows: ['W8'], marked: ['m-1'] }).phase('fault', 'W8')
  h.fault('armed', ...LINK)
  const order = change(h)
  h.add({ kind: 'fact', name: 'session.holds', subject: 'relay-0', value: 7 })
  meanwhile(h)
  h.fault('cleared', ...LINK).publish(order)
  h.phase('control-after')
  const [trial] = trialsOf(fed(new PublisherView(h.plan), h.events), 'W8')
  return trial && twoRelays.excluded?.(trial)?.says
}

const leads = (h: HistoryBuilder, value = 7) =>
  void h.add({ kind: 'fact', name: 'session.leads', subject: 'relay-0', value })

test('a relay that works alone while it holds its lock does not meet W8', () => {
  assert.match(exclusion((h) => leads(h)) ?? '', /^only one of its relays works at a time: backend 7/)
})

test('neither does one that stands by while another one holds that lock', () => {
  const excluded = (...backends: readonly number[]) => {
    const h = new HistoryBuilder({ windows: ['W8'], marked: ['m-1'] }).phase('fault', 'W8')
    h.fault('armed', ...LINK)
    h.publish(change(h))
    for (const value of backends)
      h.add({ kind: 'fact', name: 'session.leads-instead', subject: 'relay-0', value })
    h.fault('cleared', ...LINK).phase('control-after')
    const [trial] = trialsOf(fed(new PublisherView(h.plan), h.events), 'W8')
    return trial && twoRelays.excluded?.(trial)?.says
  }
  assert.match(excluded(7, 7) ?? '', /^only one of its relays works at a time: backend 7 of the other one/)
  assert.equal(excluded(7, 8), undefined)
  assert.equal(excluded(), undefined)
})

test('without its lock, or where another one publishes, nothing shows that', () => {
  assert.equal(
    exclusion(() => {}),
    undefined,
  )
  assert.equal(
    exclusion((h) => leads(h, 8)),
    undefined,
  )
  assert.equal(
    exclusion((h) => {
      h.publish(change(h, 'other'))
      leads(h)
    }),
    undefined,
  )
})

test('a relay that opens a Kafka transaction before it sends does not meet W4', () => {
  const excluded = (transactional: boolean) => {
    const h = new HistoryBuilder({ windows: ['W4'], marked: ['m-1'] }).phase('fault', 'W4')
    h.fault('armed', ...LINK)
    const order = change(h)
    h.fault('tookEffect', ...LINK)
      .fault('cleared', ...LINK)
      .publish(order, { transactional })
    h.phase('control-after')
    const [trial] = trialsOf(fed(new PublisherView(h.plan), h.events), 'W4')
    return trial && acknowledgementLost.excluded?.(trial)?.says
  }
  assert.match(
    excluded(true) ?? '',
    /^its relay publishes in Kafka transactions \(as the record at order-events\/\d@0 says\)/,
  )
  assert.equal(excluded(false), undefined)
})
