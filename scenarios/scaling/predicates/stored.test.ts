import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readHistory } from '../../../proof/history/reader.ts'
import { judge } from '../../../proof/judge.ts'
import { kind } from '../kind.ts'

const stored = (name: string) =>
  readHistory(fileURLToPath(new URL(`../fixture/stored/${name}.ndjson`, import.meta.url)))

test('a scale-in that KEDA’s own report rules out is told as KEDA’s, and not held against the workload', async () => {
  const { scenarios } = await stored('keda-scales-in-before-its-cooldown')
  const [events = []] = scenarios.values()
  const { verdict, reason, findings } = judge(events, new Map([[kind.id, kind]]))
  assert.equal(verdict, 'HELD', reason)
  const finding = findings.find(({ predicate }) => predicate === 'SZ4')
  assert.ok(finding?.kind === 'held')
  assert.deepEqual(
    finding.aside?.map(({ name }) => name),
    ['keda-broke-cooldown'],
  )
  assert.match(finding.aside?.[0]?.says ?? '', /2\.\d s after the last activity/)
})
