import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Experiment } from '../scenarios/experiment.ts'
import { announce, experimentOf, lackingFor } from './session.ts'

const experiment: Experiment = {
  kind: 'publishing',
  checkSubject() {},
  enter() {},
  vary() {},
  capabilities: ['create-trigger', 'links'],
  notReady: undefined,
  asserts() {},
  run: () => Promise.reject(new Error('it must not be run')),
}

test('a scenario finds its experiment for as long as it is announced', () => {
  {
    using _ = announce('one', experiment, new Set())
    assert.equal(experimentOf('one'), experiment)
  }
  assert.throws(() => experimentOf('one'), /no experiment was announced for 'one'/)
})

test('what the stack lacks is known before anything is run', () => {
  using _ = announce('poor', experiment, new Set(['create-trigger']))
  using __ = announce('rich', experiment, new Set(['create-trigger', 'links', 'kubernetes']))
  assert.equal(lackingFor('poor'), 'links')
  assert.equal(lackingFor('rich'), undefined)
})
