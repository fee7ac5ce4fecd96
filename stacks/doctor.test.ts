import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { diagnose } from './doctor.ts'

test('a machine without tools and with an empty cache is told what it lacks, what that costs, and the fix', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'eventproof-doctor-test-'))
  const lines = await diagnose({ cache, env: { PATH: cache } })
  const missing = lines.filter(({ state }) => state === 'missing').map(({ subject }) => subject)
  for (const tool of ['npm', 'python3', 'mvn', 'go']) assert.ok(missing.includes(tool), tool)
  for (const line of lines) {
    if (line.state === 'missing') assert.ok(line.costs && line.fix, line.subject)
  }
  assert.ok(lines.some(({ subject, state }) => subject === 'cache postgres' && state === 'warn'))
  const kubernetes = lines.find(({ subject }) => subject === 'kubernetes')
  assert.match(kubernetes?.found ?? '', /Go is not on PATH/)
  assert.deepEqual(kubernetes?.controls, ['O1'])
  await rm(cache, { recursive: true })
})
