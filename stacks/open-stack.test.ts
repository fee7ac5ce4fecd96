import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_DRIVER, DRIVER_NAMES, driverNamed, openStack } from './open-stack.ts'

test('every folder of drivers has one that opens a stack and looks at the machine', async () => {
  assert.ok(DRIVER_NAMES.includes(DEFAULT_DRIVER))
  for (const name of DRIVER_NAMES) {
    const driver = await driverNamed(name)
    assert.deepEqual([typeof driver.open, typeof driver.diagnose], ['function', 'function'], name)
  }
})

test('a driver that does not exist is told with those that do', async () => {
  await assert.rejects(openStack('process', { logs: '/nowhere' }), {
    code: 'EVENTPROOF_DRIVER_UNKNOWN',
    detail: { what: `a stack is run by one of: ${DRIVER_NAMES.join(', ')}`, hint: 'did you mean processes?' },
  })
})
