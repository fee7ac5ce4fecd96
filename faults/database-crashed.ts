import type { Database } from '../stacks/stack.ts'
import { fault } from './fault.ts'
import { CRASHED_DATABASE } from './testbed-faults.ts'

declare module './fault.ts' {
  interface Targets {
    /** On a server of its own. */
    database: Database
  }
}

/** The database server dies without a checkpoint and comes back. */
export const databaseCrashed = fault({
  id: CRASHED_DATABASE.name,
  phrase: 'the database crashes',
  target: 'database',
  needs: { capabilities: ['kill-postgres'], ownServer: true },
  inject: (database, log) => log.crash(database),
  heal: (database, log) => log.healDatabase(database),
})
