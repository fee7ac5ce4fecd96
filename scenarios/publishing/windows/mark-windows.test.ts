import type { HistoryBuilder } from '../fixture/builder.ts'
import { change, table } from '../fixture/entered.ts'

/** Published, and its mark waits at the gate. */
function notMarked(h: HistoryBuilder, xid: number | null = null) {
  h.gate('mark', 'm-1', 'closed')
  const order = change(h)
  h.publish(order)
  h.waiting('mark', 'm-1', xid)
  return order
}

table('W5', [
  [
    'hit while it waits to mark what is on the log',
    /waited to mark its row when relay was hit$/,
    (h) => {
      notMarked(h)
      h.fault('armed', 'kill', 'relay').fault('tookEffect', 'kill', 'relay')
    },
  ],
  [
    'it claimed the row before',
    /waited to mark its row when relay was hit$/,
    (h) => {
      h.mark(notMarked(h), { published: 'f', locked_until: 'soon' })
      h.fault('armed', 'kill', 'relay').fault('tookEffect', 'kill', 'relay')
    },
  ],
  [
    'it marked before',
    undefined,
    (h) => {
      h.mark(notMarked(h))
      h.fault('armed', 'kill', 'relay').fault('tookEffect', 'kill', 'relay')
    },
  ],
  [
    'the server carried out what its client did not live to see',
    undefined,
    (h) => {
      const order = notMarked(h, 9000)
      h.fault('armed', 'kill').fault('tookEffect', 'kill').mark(order)
    },
  ],
  [
    'its record came later',
    undefined,
    (h) => {
      const order = change(h.gate('mark', 'm-1', 'closed'))
      h.waiting('mark', 'm-1').fault('armed', 'kill').fault('tookEffect', 'kill').publish(order)
    },
  ],
])

table('W8a', [
  [
    'another relay marks before the killed one is back',
    /another relay marked the row before it was back$/,
    (h) => {
      const order = notMarked(h)
      h.fault('armed', 'kill').fault('tookEffect', 'kill').mark(order)
      h.fault('cleared', 'kill')
    },
  ],
  [
    'another relay deletes the row, of which the log has the id alone',
    /another relay marked the row before it was back$/,
    (h) => {
      const order = notMarked(h)
      h.fault('armed', 'kill').fault('tookEffect', 'kill').remove(order)
      h.fault('cleared', 'kill')
    },
  ],
  [
    'another relay only claims the row',
    undefined,
    (h) => {
      const order = notMarked(h)
      h.fault('armed', 'kill')
        .fault('tookEffect', 'kill')
        .mark(order, { published: 'f', locked_until: 'soon' })
      h.fault('cleared', 'kill')
    },
  ],
  [
    'nobody took over',
    undefined,
    (h) => {
      const order = notMarked(h)
      h.fault('armed', 'kill').fault('tookEffect', 'kill').fault('cleared', 'kill').mark(order)
    },
  ],
])

table('W9', [
  [
    'the server dies under the claim and comes back',
    /held claimed rows when the server was killed/,
    (h) => {
      notMarked(h)
      for (const what of ['armed', 'tookEffect', 'cleared'] as const) h.fault(what, 'crash-database')
    },
  ],
  [
    'it does not come back',
    undefined,
    (h) => {
      notMarked(h)
      h.fault('armed', 'crash-database').fault('tookEffect', 'crash-database')
    },
  ],
])
