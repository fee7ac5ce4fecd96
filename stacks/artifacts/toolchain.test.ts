import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { verifyFolder } from './checksums.ts'
import { ArtifactFailed, runProgram, runTool, ToolchainMissing } from './toolchain.ts'

test('a missing tool says what it costs and how to get it', async () => {
  const tool = { program: 'no-such-tool', for: 'Nothing', costs: 'control', fix: 'install it' }
  await assert.rejects(runTool(tool, [], { cwd: '/' }), (error) => {
    assert.ok(error instanceof ToolchainMissing)
    assert.equal(error.code, 'EVENTPROOF_TOOLCHAIN_MISSING')
    assert.equal(error.exitCode, 3)
    assert.equal(error.detail.hint, 'install it')
    assert.match(error.detail.what, /for Nothing; without it there is no control/)
    return true
  })
})

test('a tool that fails is told with its last lines, one that hangs is ended', async () => {
  const failing = runProgram('/bin/sh', ['-c', 'echo no route >&2; exit 1'], { cwd: '/' })
  await assert.rejects(
    failing,
    (error) => error instanceof ArtifactFailed && error.detail.last === 'no route',
  )
  const hanging = runProgram('/bin/sleep', ['60'], { cwd: '/', deadline: 100 })
  await assert.rejects(
    hanging,
    (error) => error instanceof ArtifactFailed && /deadline/.test(error.detail.what),
  )
})

test('a folder must hold the listed bytes and nothing else', async () => {
  const root = await mkdtemp(join(tmpdir(), 'eventproof-checksums-test-'))
  const folder = await mkdtemp(join(root, 'files-'))
  const list = join(root, 'list')
  await writeFile(list, '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824  a.jar\n')
  await assert.rejects(verifyFolder(folder, list), {
    detail: { ...any(folder), what: 'a.jar was not delivered' },
  })
  await writeFile(join(folder, 'a.jar'), 'hello')
  await verifyFolder(folder, list)
  await writeFile(join(folder, 'b.jar'), '')
  await assert.rejects(verifyFolder(folder, list), {
    detail: { ...any(folder), what: 'b.jar is not in the committed list' },
  })
  await rm(join(folder, 'b.jar'))
  await writeFile(join(folder, 'a.jar'), 'jello')
  await assert.rejects(verifyFolder(folder, list), ArtifactFailed)
  await rm(root, { recursive: true })
})

function any(where: string): object {
  return { where, hint: 'a mirror or proxy may have changed it; nothing of it was kept' }
}
