import type { Database } from '../../stacks/stack.ts'
import { databaseNamed, type ServiceConfig } from '../../subjects/contract/config.ts'
import { migrate, type RunContext } from '../run-context.ts'

interface DatabaseOptions {
  readonly context: RunContext
  /** Whose migrations are run on it. */
  readonly services: readonly ServiceConfig[]
  /** Of the scenario; where services name a database literally it has that name, on a server of its own. */
  readonly name: string
  readonly ownServer?: boolean
  /** The database ends with it. */
  readonly parts: AsyncDisposableStack
}

/** The database of a scenario, migrated. @throws {MigrationFailed} */
export async function openDatabase({
  context: { stack, folder },
  services,
  name,
  ownServer = false,
  parts,
}: DatabaseOptions): Promise<Database> {
  const literal = databaseNamed(services)
  const database = parts.use(
    await stack.database(literal ?? name, { ownServer: ownServer || literal !== undefined }),
  )
  await migrate(services, folder, database)
  return database
}
