import type { HistoryBuilder } from '../fixture/builder.ts'
import { change, table } from '../fixture/entered.ts'

table('W10', [
  [
    'killed with the record on the log and the slot before its commit',
    /while the slot was confirmed only to 1005/,
    (h) => {
      h.publish(change(h))
      h.slot(1005).fault('armed', 'kill-connect').fault('tookEffect', 'kill-connect')
    },
  ],
  [
    'the slot was confirmed past its commit',
    undefined,
    (h) => {
      h.publish(change(h))
      h.slot(1011).fault('armed', 'kill-connect').fault('tookEffect', 'kill-connect')
    },
  ],
])

table('W11', [
  [
    'a change commits while there is no slot',
    /committed while no slot held the WAL/,
    (h) => {
      h.fault('armed', 'drop-slot').fault('tookEffect', 'drop-slot')
      change(h)
      h.fault('cleared', 'drop-slot')
    },
  ],
  [
    'the change came before',
    undefined,
    (h) => {
      change(h)
      for (const what of ['armed', 'tookEffect', 'cleared'] as const) h.fault(what, 'drop-slot')
    },
  ],
])

const holder = (h: HistoryBuilder, value: number) =>
  void h.add({ kind: 'fact', name: 'slot.holder', subject: 'cdc', value })

table('W12', [
  [
    'another backend streams afterwards',
    /backend 1 held the slot before and backend 2 after/,
    (h) => {
      change(h)
      holder(h, 1)
      h.fault('armed', 'end-session').fault('tookEffect', 'end-session')
      holder(h, 2)
    },
  ],
  [
    'the same one goes on',
    undefined,
    (h) => {
      change(h)
      holder(h, 1)
      h.fault('armed', 'end-session').fault('tookEffect', 'end-session')
      holder(h, 1)
    },
  ],
])
