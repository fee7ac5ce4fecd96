import type { Fields } from '../../../proof/history/event.ts'
import { amountOf } from '../../../proof/history/json-content.ts'
import { isCalled } from '../../../proof/history/table-name.ts'
import { type Place, type WrongPlace, wrongPlace } from '../../testbed/wrong-place.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { neverDone } from './never-done.ts'

/** Rows that are looked at: a column that is wrong is wrong in each. */
const ENOUGH = 200

/**
 * Columns of a consumer's declaration, held against the rows that its load without faults has left behind.
 * @returns the first one that is wrong
 */
export function misplaced(view: ConsumerView): WrongPlace | undefined {
  for (const place of placesOf(view)) {
    const wrong = wrongPlace(place)
    if (wrong !== undefined) return wrong
  }
  return neverDone(view)
}

function placesOf(view: ConsumerView): Place[] {
  const { effects, dedupe, inbox } = view.plan.consumer
  const inputs = view.events.filter((event) => event.kind === 'input')
  const ids = new Set(inputs.map(({ event }) => event))
  const amounts = new Set(inputs.map(({ amount }) => String(amount)))
  const rows = written(view, effects.table)
  const of = `row of ${effects.table}`
  return [
    ...(effects.eventId === undefined
      ? []
      : [
          {
            field: 'effects.eventId',
            declared: effects.eventId,
            of,
            what: 'the id of an event',
            seen: rows,
            right: ids,
          },
        ]),
    ...(effects.amount === undefined || effects.eventId !== undefined
      ? []
      : [
          {
            field: 'effects.amount',
            declared: effects.amount,
            of,
            what: 'the amount of an event',
            seen: rows.map(amountsOf),
            right: amounts,
          },
        ]),
    ...Object.entries({ dedupe, inbox }).flatMap(([name, table]) =>
      table === undefined
        ? []
        : [
            {
              field: `${name}.eventId`,
              declared: table.eventId,
              of: `row of ${table.table}`,
              what: 'the id of an event',
              seen: written(view, table.table),
              right: ids,
            },
          ],
    ),
  ]
}

function written({ events }: ConsumerView, table: string): Fields[] {
  const isOurs = isCalled(table)
  return events
    .flatMap((event) => (event.kind === 'pg.tx' ? event.rows : []))
    .flatMap(({ table, op, after }) => (op === 'insert' && after && isOurs(table) ? [after] : []))
    .slice(0, ENOUGH)
}

function amountsOf(row: Fields): Fields {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, amountOf(value) ?? null]))
}
