import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { RUN_FILES } from '../proof/run-files.ts'
import { verifyCommand } from './commands/verify.ts'
import type { Output } from './output.ts'

test('a run that was killed is told as that, with what its history says', async () => {
  const runs = await mkdtemp(join(tmpdir(), 'eventproof-unsealed-'))
  try {
    const event = { seq: 1, at: 1, scenario: 'a', kind: 'note', text: 'it began' }
    await writeFile(join(runs, RUN_FILES.history), `${JSON.stringify(event)}\n{"seq":2,"at":`)
    const lines: string[] = []
    const output = { result: (text: string) => void lines.push(text) } as unknown as Output
    assert.equal(await verifyCommand(runs, {}, { runs, cwd: runs, output }), 2)
    assert.match(lines[0] ?? '', /has no seal: it is under way, or it was killed or crashed/)
    assert.match(lines[1] ?? '', /1 events of 1 scenarios; line 2: /)
    assert.match(lines.at(-1) ?? '', /INCONCLUSIVE$/)
  } finally {
    await rm(runs, { recursive: true })
  }
})
