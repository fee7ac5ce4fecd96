import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandLineOf } from './command-line.ts'

const typed = (...of: Parameters<typeof commandLineOf>) => commandLineOf(...of).join(' ')

test('a run that a program asks for can be typed', () => {
  assert.equal(typed({}, {}), 'prove')
  assert.equal(
    typed({ config: 'shop/eventproof.config.ts', profile: 'full' }, { selection: ['P1', '@W5'], jobs: 1 }),
    'prove P1 @W5 --config shop/eventproof.config.ts --profile full --jobs 1',
  )
  assert.equal(
    typed(
      { twin: 'dual-write', stack: 'processes', features: ['a/*.feature', 'b.feature'], steps: ['a/*.ts'] },
      { repeat: 3, events: 50, disarm: ['link', 'mark-gate'] },
    ),
    'prove --twin dual-write --stack processes --features a/*.feature b.feature --steps a/*.ts --repeat 3 --events 50 --disarm link mark-gate',
  )
  assert.equal(typed({}, { selection: ['P1'], disarm: ['all'] }), 'prove P1 --disarm')
})
