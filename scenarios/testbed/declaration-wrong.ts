import { EventproofError } from '../../core/error.ts'
import type { MissingTable } from '../../proof/observers/declared-tables.ts'

/** The config names a table or a column that the running service's database does not have. */
export class DeclarationWrong extends EventproofError {
  override readonly code = 'EVENTPROOF_DECLARATION_WRONG'

  /** @param at the subject's place in the config, such as `publishers.orders` @param fields where its tables are named */
  constructor(at: string, fields: string, { table, column, present }: MissingTable) {
    const missing = column === undefined ? `table '${table}'` : `column '${column}' of table '${table}'`
    super(`${at} declares what its database does not have`, {
      what: `${missing} does not exist; there ${present.length === 1 ? 'is' : 'are'} ${present.join(', ') || 'no tables'}`,
      where: `${at}: ${fields} in the config`,
      hint: 'correct the name, or add the migrations that create it to the service',
    })
  }
}
