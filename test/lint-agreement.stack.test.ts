import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { lintScaledObjects } from '../lint/lint.ts'
import { disagreements, keysInDispute } from './lint/agreement.ts'
import { fileCase } from './lint/file-case.ts'
import { generateCases } from './lint/generate-cases.ts'
import { KedaCourt } from './lint/keda-court.ts'
import { agree, expectedVerdict } from './lint/verdict.ts'
import { projectFiles, read } from './source-tree.ts'
import { withoutKubernetes } from './stack/kubernetes-run.ts'

/** As many as fit into a minute or two; `npm run lint:keda` takes thousands. */
const SAMPLE = 150
const skip = await withoutKubernetes()

describe('the linter and KEDA', { skip, timeout: 10 * 60_000 }, () => {
  let court: KedaCourt
  before(async () => {
    court = await KedaCourt.open()
  })
  after(() => court[Symbol.asyncDispose]())

  it('say the same of manifests that are drawn', async () => {
    const cases = generateCases(SAMPLE, process.env.EVENTPROOF_LINT_SEED ?? 'stack')
    const judged = await court.judge(cases)
    assert.deepEqual(disagreements(cases, judged), [])
    assert.deepEqual(keysInDispute(cases, judged, await court.unread()), [])
  })

  it('say the same of every manifest of the repository', async () => {
    const files = projectFiles(/\.ya?ml$/).filter((path) => read(path).includes('kind: ScaledObject'))
    const found: unknown[] = []
    let objects = 0
    for (const [i, file] of files.entries()) {
      const verdicts = await court.judgeFile(fileCase(file, read(file), `repository-${i}`))
      const { findings } = lintScaledObjects([{ file, text: read(file) }])
      for (const [name, judged] of verdicts) {
        objects++
        const own = findings.filter(({ object }) => object.endsWith(`/${name}`))
        if (!agree(expectedVerdict(own), judged, false)) found.push({ file, name, own, judged })
      }
    }
    assert.deepEqual(found, [])
    assert.ok(objects > 20, `${objects} ScaledObjects in ${files.length} files`)
  })
})
