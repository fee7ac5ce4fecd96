import { type Edit, edited } from './edit.ts'

/** OA7: what was acknowledged was never committed. */
export const dropCommit: Edit = {
  checker: 'OA7',
  says: 'drop the transaction of an acknowledged command',
  names: ['lost-command'],
  applies: (view) => view.commands.all.length > 0,
  apply(view) {
    const acknowledged = view.commands.all.find(
      ({ outcome, tx }) => outcome?.kind === 'op.ok' && tx !== undefined,
    )
    if (acknowledged?.tx === undefined) return undefined
    return edited(view.events, { without: [acknowledged.tx.event.seq] })
  },
}
