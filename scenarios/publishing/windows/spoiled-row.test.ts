import type { HistoryBuilder } from '../fixture/builder.ts'
import { table } from '../fixture/entered.ts'

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
  ['its payload is good JSON', undefined, behind('{"key":1}')],
])

table('A19', [
  ['its payload is over the limit', /^a row of 1100002 bytes/, behind(`"${'x'.repeat(1_100_000)}"`)],
  ['its payload is small', undefined, behind('"x"')],
])
