import pg from 'pg'

/**
 * A connection to be made, which its server may end at any time: a query that waits tells its caller, and between two
 * queries there is nobody to tell. Without a listener Node would end the process for it.
 */
export function databaseClient(config: pg.ClientConfig): pg.Client {
  return new pg.Client(config).on('error', () => {})
}
