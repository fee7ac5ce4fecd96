import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trialsOf } from '../../proof/history/trials.ts'
import { WINDOWS } from '../../scenarios/windows.ts'
import { HistoryBuilder } from './builder.ts'

type Write = (h: HistoryBuilder) => void
type Row = readonly [what: string, says: RegExp | undefined, write: Write]

/** A test a row: a history with one trial of the window, whose entry says what is expected, or there is none. */
export function table(id: string, rows: readonly Row[]): void {
  for (const [what, says, write] of rows) {
    test(`${id} is ${says ? '' : 'not '}entered: ${what}`, () => {
      const h = new HistoryBuilder({ windows: [id], marked: ['m-1'] })
      h.phase('fault', id)
      write(h)
      h.phase('control-after')
      const [trial] = trialsOf(h.events, id)
      const entry = trial && WINDOWS.get(id)?.entered(trial)
      if (says === undefined) assert.equal(entry, undefined)
      else assert.match(entry?.says ?? 'not entered', says)
    })
  }
}

/** Asked for and committed. */
export function change(h: HistoryBuilder, key = 'm-1') {
  const order = h.invoke(key)
  h.commitOrder(order)
  return order
}
