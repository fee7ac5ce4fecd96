import { outboxAge } from '../../reference/monitor/outbox-age.ts'
import { runExporter } from '../../reference/monitor/setup.ts'
import { openDatabase } from '../../reference/service/database.ts'
import { required } from '../../reference/service/environment.ts'

/** Tells of the row that a relay is at: without a relay there is none. */
const database = openDatabase({
  url: required('DATABASE_URL'),
  name: 'monitor',
  connections: 2,
  patience: 2000,
})
const age = outboxAge(database)
runExporter({
  told: [
    {
      ...age,
      async read() {
        const { rowCount } = await database.query(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'relay'`,
        )
        return rowCount === 0 ? [{ labels: {}, value: 0 }] : age.read()
      },
    },
  ],
  close: () => database.end(),
})
