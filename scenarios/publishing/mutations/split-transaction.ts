import type { ExpectedEvent } from '../../../proof/history/expected-event.ts'
import { amountsIn, parsed } from '../../../proof/history/json-content.ts'
import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** OA5: the business row and its event are committed by two transactions. */
export const splitTransaction: Mutation<PublisherView> = {
  predicate: 'OA5',
  says: 'split the transaction of a change and its event',
  names: ['split-transaction'],
  applies: (view) => view.expectedEvents().some((event) => tellsItsChange(event, view)),
  apply(view) {
    const { state } = view.plan.publisher
    const whole = view
      .expectedEvents()
      .find(
        (event) =>
          tellsItsChange(event, view) &&
          event.tx.changes.some(({ id, amount }) =>
            state.amount ? amount === event.amount : id === event.key,
          ),
      )?.tx.event
    if (whole === undefined) return undefined
    const isState = ({ table }: { table: string }) =>
      table.replace(/^public\./, '') === state.table.replace(/^public\./, '')
    const change = { ...whole, rows: whole.rows.filter(isState), messages: [] }
    const event = {
      ...whole,
      seq: whole.seq + 0.5,
      xid: `${whole.xid}.5`,
      commitLsn: whole.commitLsn + 0.5,
      rows: whole.rows.filter((row) => !isState(row)),
    }
    return mutated(view.events, { replaced: [change], added: [event] })
  },
}

/** Once apart, a change and its event can only be brought together by the amount in the payload, or by the aggregate. */
function tellsItsChange({ source, payload, amount }: ExpectedEvent, view: PublisherView): boolean {
  if (source === 'state') return false
  if (view.plan.publisher.state.amount === undefined) return true
  return amount !== undefined && amountsIn(parsed(payload)).has(amount)
}
