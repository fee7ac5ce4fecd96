import { counterexample, held, more, nameOf, placeOf, subjectOf, violated } from '../../../proof/findings.ts'
import { tampered } from '../../../proof/mutated-records.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import { agrees, type CapturedColumn, capturedColumns } from '../view/captured-columns.ts'
import { withoutOutbox } from './without-outbox.ts'

/**
 * OA11. A record of a captured business table says what the row says.
 *
 * What can violate it: a large column (TOAST) that an update did not touch is not in the database's log, unless the
 * table's replica identity is full; the connector leaves it out, or writes a placeholder such as
 * `__debezium_unavailable_value`, and whoever reads the record takes it for the column's value.
 * How it is seen: columns that records copy under their own names are found from the records; what an untouched column
 * says is known from the changes of its row before.
 */
export const capturedRow = predicate({
  id: 'OA11',
  title: 'captured row',
  claim: 'events say what the captured row says',
  promise:
    'A record of a captured table has every column as its row has it, also those that its change did not touch.',
  formal:
    'each column that records copy by its name (where a change wrote it, 9 of 10 agree) has in each record the value of its row after the transaction',
  expectation: 'declared',
  controls: ['P1'],
  violations: { 'column-not-told': {} },
  undeclared: (view) =>
    withoutOutbox(view) === undefined ? 'events come from an outbox: no table is captured' : undefined,
  check(view) {
    const columns = capturedColumns(view)
    const other = columns.filter((column) => !agrees(column))
    const [first] = other
    if (first === undefined) return held(this.id, columns.length)
    const { event, record, untouched } = first
    const { table } = view.plan.publisher.state
    const why = untouched
      ? `, which this change did not touch; ALTER TABLE ${table} REPLICA IDENTITY FULL has the database's log tell it`
      : ''
    const says = `the record of ${nameOf(event)} at ${placeOf(record)} ${saysOf(first)}${why}${more(other.length)}`
    const seqs = [event.tx.event.seq, record.record.seq]
    return violated(this.id, 'column-not-told', counterexample(says, seqs, subjectOf(event)))
  },
  mutation: {
    says: 'change a column in the record of a captured row',
    applies: (view) => capturedColumns(view).length > 0,
    apply(view) {
      const one = capturedColumns(view).find((column) => agrees(column) && typeof column.told === 'string')
      if (one === undefined) return undefined
      const { record } = one.record
      const value = record.value?.replaceAll(JSON.stringify(one.told), JSON.stringify(tampered(one.inRow)))
      if (value === undefined || value === record.value) return undefined
      return mutated(view.events, { replaced: [{ ...record, value }] })
    },
  },
})

function saysOf({ column, told, inRow }: CapturedColumn): string {
  const row = inRow === null ? 'nothing' : shortened(inRow)
  if (told === undefined) return `leaves out ${column}, where its row has ${row}`
  return `has ${shortened(JSON.stringify(told))} as ${column}, where its row has ${row}`
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}… (${text.length} characters)` : text
}
