import type { MissingTable } from '../../proof/observers/declared-tables.ts'
import { Misdeclared, meant } from './misdeclared.ts'
import type { WrongPlace } from './wrong-place.ts'

const PLACES =
  "; `outbox.id` and `outbox.aggregateId` may be a place in one, such as { column: 'payload', json: '$.orderId' }"

/** The config names a table, a column, a header or a path that the running service does not have, or does not use for it. */
export class DeclarationWrong extends Misdeclared {
  override readonly code = 'EVENTPROOF_DECLARATION_WRONG'

  /** @param at the subject's place in the config, such as `publishers.orders` @param fields where its tables are named */
  constructor(at: string, fields: string, wrong: MissingTable | WrongPlace) {
    if ('says' in wrong) {
      super(`${at}.${wrong.field} is not what its service does`, {
        what: wrong.says,
        where: `${at}.${wrong.field} in the config`,
        hint: wrong.advice,
      })
      return
    }
    const { table, column, generated, present } = wrong
    if (generated !== undefined) {
      super(`${at} declares what its database does not tell`, {
        what: `column '${column}' of table '${table}' is generated from ${generated}: the database's log leaves it out`,
        where: `${at}: ${fields} in the config`,
        hint: `name a column that is written${at.startsWith('publishers.') ? PLACES : ''}. Postgres 18 tells those that are STORED`,
      })
      return
    }
    const missing = column === undefined ? `table '${table}'` : `column '${column}' of table '${table}'`
    super(`${at} declares what its database does not have`, {
      what: `${missing} does not exist; there ${present.length === 1 ? 'is' : 'are'} ${present.join(', ') || 'no tables'}`,
      where: `${at}: ${fields} in the config`,
      hint: `correct the name, or add the migrations that create it to the service${meant(column ?? table, present)}`,
    })
  }
}
