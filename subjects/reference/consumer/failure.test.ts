import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DatabaseError } from 'pg'
import { OutcomeUnknown, Refused } from '../service/transaction.ts'
import { UndecodableEvent } from './event.ts'
import { isRetriable, Rejected } from './failure.ts'

function database(code: string): DatabaseError {
  return Object.assign(new DatabaseError('…', 1, 'error'), { code, severity: 'ERROR' })
}

test('what lies in the event is not tried again', () => {
  for (const error of [
    new UndecodableEvent('x'),
    new Rejected('x'),
    database('22P02'),
    new Refused('x', { cause: database('23514') }),
  ])
    assert.equal(isRetriable(error), false, String(error))
})

test('what passes by is, and what nobody knows', () => {
  const codes = ['08006', '40001', '40P01', '53300', '55P03', '57P01', 'P0001', '42P01']
  for (const error of [
    ...codes.map(database),
    new Refused('deadlock', { cause: database('40P01') }),
    new OutcomeUnknown('x', { cause: new Error('timeout') }),
    Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
    'text',
    undefined,
  ])
    assert.equal(isRetriable(error), true, String(error))
})
