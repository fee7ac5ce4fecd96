import assert from 'node:assert/strict'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { Ajv } from 'ajv'
import { RUN_FILES } from '../proof/run-files.ts'
import { hostileRun, PAYLOADS } from './fixture/hostile.ts'
import { runDirectory, violatedRun } from './fixture/run-directory.ts'
import { KINDS } from './fixture/words.ts'
import { oscalSchemas } from './formats/fixture/oscal-schemas.ts'
import { renderRun } from './render-run.ts'

const SCHEMAS = await oscalSchemas()
const oscal = new Ajv({ strict: false, unicodeRegExp: true, validateFormats: false }).compile(SCHEMAS.ar)

/** What would run, fetch or end a context if it were markup. */
const ACTIVE =
  /<(script|img|iframe|meta http-equiv="refresh|a href="javascript|svg onload|details open ontoggle)|" onmouseover="/i
/** What the run itself holds is evidence, and kept as it is. */
const EVIDENCE: readonly string[] = [RUN_FILES.run, RUN_FILES.history, RUN_FILES.verdicts, RUN_FILES.messages]

describe('in every field that comes from outside, at once,', () => {
  for (const payload of PAYLOADS)
    test(`${JSON.stringify(payload)} stays a text in every document, and no credential gets through`, async (context) => {
      const { scenarios, record, history } = hostileRun(violatedRun(), [payload])
      const directory = await runDirectory(scenarios, record, history)
      context.after(() => rm(directory, { recursive: true }))
      await renderRun(directory, KINDS)
      const files = (await readdir(directory)).filter(
        (file) => /\.[a-z]+$/.test(file) && !EVIDENCE.includes(file),
      )
      assert.ok(files.length > 6)
      for (const file of files) {
        const text = await readFile(join(directory, file), 'utf8')
        assert.doesNotMatch(text, /hunter2/, file)
        if (/\.(html|svg)$/.test(file)) assert.doesNotMatch(text, ACTIVE, file)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that they are gone is the point
        assert.doesNotMatch(text, /[\u0000-\u0008\u001b\u202e\u2066\uffff]/, file)
      }
      const page = await readFile(join(directory, RUN_FILES.html), 'utf8')
      assert.match(page, /id="anti-patterns"/)
      assert.match(page, /id="declared"/)
      assert.match(page, /<svg class="timeline"/)
      const results = JSON.parse(await readFile(join(directory, 'assessment-results.json'), 'utf8'))
      assert.ok(oscal(results), JSON.stringify(oscal.errors?.slice(0, 2)))
    })
})
