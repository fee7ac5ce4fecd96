import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alertmanagerAlerts } from './alertmanager.ts'

const NOW = Date.parse('2026-01-01T00:00:10Z')
const alert = (endsAt: string) => ({ labels: { alertname: 'ConsumerLag' }, endsAt })

test('an alert whose end is past has ended', () => {
  const body = JSON.stringify([alert('2026-01-01T00:04:10Z'), alert('2026-01-01T00:00:09.9Z')])
  assert.deepEqual(
    alertmanagerAlerts(body, NOW).map(({ name, subject }) => [name, subject]),
    [
      ['ConsumerLag', 'firing'],
      ['ConsumerLag', 'resolved'],
    ],
  )
})

test('what is no list of alerts is none', () => {
  for (const body of ['', '{}', '[1, null]', 'no JSON']) assert.deepEqual(alertmanagerAlerts(body, NOW), [])
})
