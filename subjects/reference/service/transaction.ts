import { DatabaseError, type Pool, type PoolClient } from 'pg'

/** Nobody knows whether the transaction took effect: the answer to COMMIT never came. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown'
}

/** The database said no, so nothing of the transaction took effect. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/**
 * Runs `work` in one transaction and resolves once COMMIT was confirmed.
 * @throws {Refused} when the database rejected a statement or the COMMIT for its content
 * @throws {OutcomeUnknown} when the connection broke during COMMIT
 * @throws whatever `work` throws, after a rollback
 */
export async function transaction<T>(pool: Pool, work: (tx: PoolClient) => Promise<T>): Promise<T> {
  const tx = await pool.connect()
  let broken = true
  try {
    await tx.query('BEGIN')
    const result = await work(tx)
    await commit(tx)
    broken = false
    return result
  } catch (error) {
    broken = error instanceof OutcomeUnknown || !(await rolledBack(tx))
    throw isRefusal(error) ? new Refused(error.message, { cause: error }) : error
  } finally {
    // A connection in doubt is closed, never given to the next command.
    tx.release(broken)
  }
}

async function commit(tx: PoolClient): Promise<void> {
  try {
    const { command } = await tx.query('COMMIT')
    // Postgres answers COMMIT of a failed transaction with ROLLBACK, not with an error.
    if (command !== 'COMMIT') throw new Refused(`COMMIT was answered with ${command}`)
  } catch (error) {
    if (error instanceof Refused || isRefusal(error)) throw error
    throw new OutcomeUnknown('COMMIT was not confirmed', { cause: error })
  }
}

async function rolledBack(tx: PoolClient): Promise<boolean> {
  const rollback = { text: 'ROLLBACK', query_timeout: 1000 }
  return tx.query(rollback).then(
    () => true,
    () => false,
  )
}

/** SQLSTATE class 23: a constraint; class 40: rolled back by the database; P0001: a trigger raised. */
function isRefusal(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && /^(23...|40...|P0001)$/.test(error.code ?? '')
}
