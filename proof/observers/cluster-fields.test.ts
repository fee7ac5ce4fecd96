import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clusterFields } from './cluster-fields.ts'
import { quantity } from './scale-sampler.ts'

test('a Deployment at zero says so in numbers, also where the API leaves them out', () => {
  assert.deepEqual(clusterFields('Deployment', { spec: { replicas: 0 }, status: {} }), {
    'spec.replicas': 0,
    'status.replicas': 0,
    'status.readyReplicas': 0,
    'status.updatedReplicas': 0,
  })
})

test('KEDA’s own words are kept where it is not well, and only there', () => {
  const conditions = [
    { type: 'Ready', status: 'False', reason: 'TriggerError', message: 'no such topic' },
    { type: 'Paused', status: 'False', reason: 'NotPaused', message: 'not paused' },
  ]
  const fields = clusterFields('ScaledObject', { spec: { pollingInterval: 15 }, status: { conditions } })
  assert.equal(fields['condition.Ready'], 'False')
  assert.equal(fields['message.Ready'], 'no such topic')
  assert.equal(fields['condition.Paused'], 'False')
  assert.equal(fields['message.Paused'], undefined)
})

test('a pod tells its phase, why it waits, whether it is told to end and how often it was restarted', () => {
  const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 10s' }
  const lastState = { terminated: { exitCode: 7, message: 'starting\nno broker\n' } }
  const status = { phase: 'Running', containerStatuses: [{ restartCount: 3, state: { waiting }, lastState }] }
  assert.deepEqual(clusterFields('Pod', { metadata: { deletionTimestamp: new Date() }, status }), {
    phase: 'Running',
    ending: true,
    restarts: 3,
    waiting: 'CrashLoopBackOff',
    message: 'back-off 10s',
    ended: 'exit code 7: no broker',
  })
})

test('quantities are numbers', () => {
  assert.deepEqual(['0', '187', '1500m', '2k', '-3'].map(quantity), [0, 187, 1.5, 2000, -3])
})
