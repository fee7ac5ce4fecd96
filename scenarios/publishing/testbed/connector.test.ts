import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rootOf } from './connector.ts'

test('a task’s trace is told by its first line and its last cause', () => {
  const trace = [
    'org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler',
    '\tat org.apache.kafka.connect.runtime.errors.RetryWithToleranceOperator.execAndHandleError',
    'Caused by: java.lang.RuntimeException: wrapped',
    '\tat somewhere',
    'Caused by: org.apache.kafka.connect.errors.DataException: payload is not a valid field name',
    '\t... 14 more',
  ].join('\n')
  assert.equal(
    rootOf(trace),
    'org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler … Caused by: org.apache.kafka.connect.errors.DataException: payload is not a valid field name',
  )
  assert.equal(rootOf('no cause\n\tat somewhere'), 'no cause')
})
