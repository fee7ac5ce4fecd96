/**
 * `npm run twins`: proves every shipped twin and compares the verdict with the one that it must get.
 *
 *   npm run twins -- --runs 5 --only mark-then-publish,dual-write --out docs/twins
 *   npm run twins -- --whole --only kafka-transactions   # in all that its control has, not in the windows that were chosen
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { messageOf } from '../core/error.ts'
import { UsageError } from '../core/usage-error.ts'
import { twinNamed } from '../session/twin-named.ts'
import { TWINS } from '../subjects/twins/catalogue.ts'
import { processOutput } from './output.ts'
import { errorText, readable } from './present-error.ts'
import { listenForEnd } from './told-to-end.ts'
import { isAsExpected, type MatrixRow, matrixMarkdown } from './twins/matrix.ts'
import { trySubject, twinOf } from './twins/subject-trial.ts'

const output = processOutput()

function readOptions() {
  try {
    return parseArgs({
      options: {
        runs: { type: 'string', default: '1' },
        only: { type: 'string' },
        jobs: { type: 'string', default: '2' },
        out: { type: 'string', default: '.eventproof/twins' },
        whole: { type: 'boolean', default: false },
      },
    }).values
  } catch (cause) {
    throw new UsageError('the command line is not understood', { what: messageOf(cause), cause })
  }
}

async function main(): Promise<number> {
  const values = readOptions()
  const runs = positive('--runs', values.runs)
  const jobs = positive('--jobs', values.jobs)
  const twins = values.only === undefined ? TWINS : values.only.split(',').map(twinNamed)
  const out = resolve(values.out)
  await mkdir(out, { recursive: true })

  const told = listenForEnd()
  const rows: MatrixRow[] = []
  for (const { name, control, expected, costs, antiPattern, windows } of twins) {
    const options = { runs, seed: name, out: join(out, 'runs'), jobs }
    const selection = values.whole ? [control] : windows.map((window) => `@${window}`)
    const found = values.whole && costs !== undefined ? costs : [expected]
    const trials = await trySubject({ expected: found, services: twinOf(name), selection }, options)
    const row: MatrixRow = {
      twin: name,
      control,
      expected: found,
      ...(found === costs ? { only: true as const } : {}),
      trials,
      ...(antiPattern ? { antiPattern } : {}),
    }
    rows.push(row)
    if (told.code !== undefined) break
    output.aside(`${isAsExpected(row) ? '✓' : '✗'} ${matrixMarkdown([row]).split('\n').at(-1)}\n`)
    await writeFile(join(out, 'matrix.json'), `${JSON.stringify({ schema: 1, runs, rows }, null, 2)}\n`)
    await writeFile(join(out, 'matrix.md'), `${matrixMarkdown(rows)}\n`)
  }
  const amiss = rows.filter((row) => !isAsExpected(row))
  output.result(matrixMarkdown(rows))
  output.result(`\n${rows.length - amiss.length} of ${rows.length} twins were judged as they must be`)
  return told.code ?? (amiss.length === 0 ? 0 : 1)
}

function positive(option: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new UsageError(`${option} is not understood`, {
    what: `found '${text}'; a whole number, 1 or more, is needed`,
  })
}

process.exitCode = await main().catch((thrown: unknown) => {
  const error = readable(thrown)
  output.aside(`${errorText(error, output.style)}\n`)
  return error.exitCode
})
