import { type Edit, edited } from './edit.ts'

/** OA5: the business row and its event are committed by two transactions. */
export const splitTransaction: Edit = {
  checker: 'OA5',
  says: 'split the transaction of a change and its event',
  names: ['split-transaction'],
  applies: (view) => view.expectedEvents().some(({ source }) => source !== 'state'),
  apply(view) {
    const { state } = view.plan.publisher
    const whole = view
      .expectedEvents()
      .find(
        ({ source, tx, amount, key }) =>
          source !== 'state' &&
          tx.changes.some((change) => (state.amount ? change.amount === amount : change.id === key)),
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
    return edited(view.events, { replaced: [change], added: [event] })
  },
}
