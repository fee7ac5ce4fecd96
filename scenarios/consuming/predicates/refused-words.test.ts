import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConsumerHistory } from '../fixture/builder.ts'
import { open, PREDICATES } from '../fixture/kinds.ts'
import { type PlanChange, RETRY } from '../fixture/plan.ts'

/** What RD2 says of a retry that came too early, in a consumer that calls outside or does not. */
function said(consumer: NonNullable<PlanChange['consumer']> = {}): string {
  const h = new ConsumerHistory({ consumer })
  h.handle('o-0')
  const event = h.put('o-1', { expect: 'dead-letter', failures: -1 })
  h.attempt(event, true)
  for (const wait of [500, 2000]) h.pass(wait).attempt(event, true)
  const finding = PREDICATES.get('RD2')?.check(open(h))
  assert.ok(finding?.kind === 'violated', finding?.kind)
  return finding.counterexample.says
}

test('a refused transaction is named, and what says that only calls are tried again', () => {
  assert.match(said({ calls: undefined }), /declared; the database refused its effect with SQLSTATE 40001$/)
  assert.match(said(), /40001: where .* say retry\.of: \['calls'\]$/)
  assert.doesNotMatch(said({ retry: { ...RETRY, of: ['database'] } }), /40001/)
})
