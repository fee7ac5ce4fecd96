import { isMarked, isSet, marksOf } from '../../../proof/gates/marked-in.ts'
import { isCalled } from '../../../proof/history/table-name.ts'
import type { WrongPlace } from '../../testbed/wrong-place.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/**
 * `effects.done`, where no row ever said so and rows came to say something else than what they began with. Where they
 * did not, it may be the service that is wrong.
 */
export function neverDone({ events, plan }: ConsumerView): WrongPlace | undefined {
  const { table, done } = plan.consumer.effects
  if (done === undefined) return undefined
  const isOurs = isCalled(table)
  const rows = events
    .flatMap((event) => (event.kind === 'pg.tx' ? event.rows : []))
    .filter((row) => isOurs(row.table))
  if (rows.some(({ after }) => after !== undefined && isMarked(done, after) !== false)) return undefined
  const { column, values } = marksOf(done)
  const begun = new Set(rows.flatMap(({ op, after }) => (op === 'insert' ? [after?.[column]] : [])))
  const [ended] = rows.flatMap(({ op, after }) => {
    const value = after?.[column]
    return op === 'update' && isSet(value) && !begun.has(value) ? [value] : []
  })
  if (ended === undefined || values === undefined) return undefined
  const says = `no row of ${table} has ${values.map((value) => `'${value}'`).join(' or ')} in '${column}'; rows came to say '${ended}'`
  return {
    field: 'effects.done',
    says,
    advice: `declare effects.done: { column: '${column}', is: '${ended}' }`,
  }
}
