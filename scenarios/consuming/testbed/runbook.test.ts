import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { identityOf, isAlive } from '../../../core/process-identity.ts'
import { until } from '../../../core/until.ts'
import { Runbook, RunbookUnusable } from './runbook.ts'

const folder = await mkdtemp(join(tmpdir(), 'eventproof-runbook-test-'))
after(() => rm(folder, { recursive: true, force: true }))

async function runbook(...steps: readonly string[]): Promise<Runbook> {
  const blocks = steps.map((commands) => `\`\`\`sh\n${commands}\n\`\`\``)
  await writeFile(join(folder, 'runbook.md'), `# Do it\n\n${blocks.join('\n\nThen:\n\n')}\n`)
  return Runbook.read({ file: 'runbook.md', env: { EVENT_ID: '{eventId}' } }, folder)
}

test('steps see what earlier ones exported, the environment, and a terminal’s files', async () => {
  await using book = await runbook(
    'export WHO="me and $EVENT_ID"',
    'echo "$WHO" | tee /dev/stderr > said; cat said >/dev/stdout',
  )
  assert.equal(await book.follow({ eventId: 'e-7' }), undefined)
  assert.equal(await readFile(join(folder, 'said'), 'utf8'), 'me and e-7\n')
})

test('the step that fails is named, with its place and its last words, and the rest is not done', async () => {
  await using book = await runbook('echo before', '\necho "login hush"; no-such-command', 'touch never')
  const failed = await book.follow({ eventId: 'e-7', 'postgres.password': 'hush' })
  assert.ok(failed)
  const { said, ...rest } = failed
  assert.deepEqual(rest, { step: 2, line: 10, command: 'echo "login hush"; no-such-command', code: 127 })
  assert.match(said, /^login … .*no-such-command/)
  await assert.rejects(readFile(join(folder, 'never')))
})

test('a variable that nobody sets fails, and so does the first command of a pipe', async () => {
  for (const command of ['echo "$NOBODY_SETS_THIS"', 'false | cat']) {
    await using book = await runbook(command)
    assert.equal((await book.follow({ eventId: 'e-7' }))?.step, 1, command)
  }
})

test('what a step leaves running ends with it', async () => {
  await using book = await runbook('sleep 1000 & echo $! > pid')
  assert.equal(await book.follow({ eventId: 'e-7' }), undefined)
  const left = identityOf(Number(await readFile(join(folder, 'pid'), 'utf8')))
  await until(() => left === undefined || !isAlive(left), { what: 'its end', deadline: 5_000 })
})

test('a runbook without commands is told, and so is one that is not there', async () => {
  await assert.rejects(runbook(), RunbookUnusable)
  await assert.rejects(Runbook.read({ file: 'no.md' }, folder), RunbookUnusable)
})
