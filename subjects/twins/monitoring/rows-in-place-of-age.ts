import { runExporter } from '../../reference/monitor/setup.ts'
import { openDatabase } from '../../reference/service/database.ts'
import { required } from '../../reference/service/environment.ts'

/** How many wait tells as well that nobody publishes them. */
const database = openDatabase({
  url: required('DATABASE_URL'),
  name: 'monitor',
  connections: 2,
  patience: 2000,
})
runExporter({
  told: [
    {
      name: 'outbox_unpublished_rows',
      help: 'Events of the outbox that are not published',
      labels: [],
      async read() {
        const { rows } = await database.query<{ count: string }>(
          'SELECT count(*) AS count FROM outbox_events WHERE NOT published AND parked_at IS NULL',
        )
        return rows.map(({ count }) => ({ labels: {}, value: Number(count) }))
      },
    },
  ],
  close: () => database.end(),
})
