import { EventproofError } from '../../core/error.ts'
import type { MissingTable } from '../../proof/witnesses/declared-tables.ts'

/** The config names a table or a column that the running service's database does not have. */
export class DeclarationWrong extends EventproofError {
  override readonly code = 'EVENTPROOF_DECLARATION_WRONG'

  constructor(publisher: string, { table, column, present }: MissingTable) {
    const missing = column === undefined ? `table '${table}'` : `column '${column}' of table '${table}'`
    super(`publisher ${publisher} declares what its database does not have`, {
      what: `${missing} does not exist; there ${present.length === 1 ? 'is' : 'are'} ${present.join(', ') || 'no tables'}`,
      where: `publishers.${publisher}.${column === undefined ? 'state.table or outbox.table' : 'state or outbox'} of the config`,
      hint: 'correct the name, or add the migrations that create it to the service',
    })
  }
}
