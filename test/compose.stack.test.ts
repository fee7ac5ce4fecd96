import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { chooseDriver } from '../stacks/choose-driver.ts'
import { LONG, prover } from './prover.ts'
import { root } from './source-tree.ts'
import { runTool } from './tool.ts'

const { name, why } = await chooseDriver('auto', ['postgres', 'kafka'])
const COMPOSED = ['W5', '--config', 'docs/compose/eventproof.config.ts', '--jobs', '1']

describe('services of a compose file, as docs/containers.md shows them', { timeout: LONG }, () => {
  let out = ''
  before(async () => {
    out = await mkdtemp(join(tmpdir(), 'eventproof-compose-'))
  })
  after(() => rm(out, { recursive: true, force: true }))

  it('are proved as containers, with our addresses in the place of the file’s', {
    skip: name === 'containers' ? false : why,
  }, async () => {
    const { code, last } = await prover(root)([...COMPOSED, '--stack', 'containers', '--out', out])
    assert.deepEqual([code, last.verdict], [0, 'HELD'])
    const log = await readFile(join(last.directory, 'run.json'), 'utf8')
    assert.match(JSON.parse(log).versions['image postgres'], /postgres/)
  })

  it('are refused on processes, which run no images', async () => {
    const { code, stdout } = await runTool([
      'prove',
      ...COMPOSED,
      '--stack',
      'processes',
      '--json',
      '--out',
      out,
    ])
    const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
    assert.deepEqual([code, last.code], [3, 'EVENTPROOF_PROGRAM_REFUSED'])
    assert.match(last.hint, /--stack containers/)
  })
})
