import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openSession } from 'eventproof'
import { readRun } from '../reports/read-run.ts'
import { root } from './source-tree.ts'
import { runTool } from './tool.ts'

const CONFIG = join(root, 'test/toy-kind/eventproof.config.ts')

/** A folder of its own holds all of this kind: config section, predicate, window, fault, testbed, feature. */
describe('a kind of subject that a config brings', () => {
  let cwd = ''
  before(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'eventproof-toy-'))
  })
  after(() => rm(cwd, { recursive: true, force: true }))

  it('is proved and refuted, told in every report, and judged again offline', async () => {
    const { code, stdout } = await runTool(['prove', 'counting', '--config', CONFIG, '--json'], { cwd })
    assert.equal(code, 1)
    const { directory } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
    const { verdicts } = await readRun(directory)
    const said = verdicts.scenarios.map(({ kind, subject, verdict, windows, feature }) => {
      return {
        kind,
        subject,
        verdict,
        entered: windows.map(({ id, entered }) => `${id} ${entered}`),
        feature,
      }
    })
    const common = { kind: 'counting', entered: ['TW1 3'], feature: 'A counter counts what it has answered' }
    assert.deepEqual(said, [
      { ...common, subject: 'keeping', verdict: 'HELD' },
      { ...common, subject: 'forgetting', verdict: 'VIOLATED' },
    ])
    for (const report of ['report.html', 'report.md', 'junit.xml']) {
      const text = await readFile(join(directory, report), 'utf8')
      assert.match(text, /A counter counts what it has answered/)
      assert.match(text, /lost-addition/)
    }
    const known = await runTool(['verify', directory, '--config', CONFIG], { cwd })
    assert.equal(known.code, 0, known.stdout)
    const unknown = await runTool(['verify', directory], { cwd })
    assert.equal(unknown.code, 64)
    assert.match(unknown.stderr, /of kind 'counting'/)
  })

  it('is run several times in one session, each time into a directory of its own', async () => {
    await using session = await openSession({ config: CONFIG, out: cwd })
    const heard: string[] = []
    using _ = session.subscribe(({ kind, scenario }) => {
      if (kind === 'scenario.end') heard.push(scenario)
    })
    const scenarios = session.select(['counting'])
    assert.deepEqual(
      scenarios.map(({ subject, controls }) => [subject.kind, subject.name, controls.length]),
      [
        ['counting', 'keeping', 0],
        ['counting', 'forgetting', 0],
      ],
    )
    await session.up(['counting'])
    const first = await session.run({ selection: ['counting'], seed: 'a' })
    const second = await session.run({ selection: ['counting'], seed: 'a', disarm: ['all'] })
    assert.deepEqual([first.verdict, first.exitCode, second.verdict], ['VIOLATED', 1, 'VACUOUS'])
    assert.notEqual(first.directory, second.directory)
    const { record } = await readRun(first.directory)
    assert.equal(record.replay, `npx eventproof prove counting --config ${CONFIG} --seed a`)
    assert.deepEqual(heard.sort(), [...scenarios, ...scenarios].map(({ id }) => id).sort())
    for (const { directory } of [first, second])
      assert.ok((await readFile(join(directory, 'manifest.json'), 'utf8')).includes('"logs/'))
  })

  it('tells a config that names a file without a kind', async () => {
    const config = join(cwd, 'eventproof.config.mjs')
    await writeFile(config, `export default { kinds: ['./nothing.ts'], services: {} }`)
    const { code, stderr } = await runTool(['prove', '--config', config], { cwd })
    assert.equal(code, 64)
    assert.match(stderr, /EVENTPROOF_CONFIG_INVALID[\s\S]*nothing\.ts/)
  })
})
