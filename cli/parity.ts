/**
 * `npm run parity`: the same windows, with the same seed, must come to the same on several stacks.
 *
 *   npm run parity -- --only offset-first,no-dedupe --on processes,containers --windows W15
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { messageOf } from '../core/error.ts'
import { UsageError } from '../core/usage-error.ts'
import { twinNamed } from '../session/twin-named.ts'
import { processOutput } from './output.ts'
import { errorText, readable } from './present-error.ts'
import { listenForEnd } from './told-to-end.ts'
import { agree, type ParityRow, parityMarkdown } from './twins/parity.ts'
import { REFERENCE, type TwinTrial, tryTwin } from './twins/twin-trial.ts'

/** Broken in different ways, at different places, and two that are right: of each a narrow window. */
const TWINS = [
  'publish-before-commit',
  'answers-before-commit',
  'mark-then-publish',
  'no-key',
  'acks-one',
  'auto-commit',
  'offset-first',
  'no-dedupe',
  'check-then-insert',
  'highest-offset',
  'no-claim',
  'dedupe-outside',
  'no-heartbeat',
  'gives-up-early',
  'retry-not-awaited',
  'knows-its-dead',
  'past-the-registry',
  'never-zero',
  'relay-inside',
  'through-inbox',
]

const output = processOutput()

function readOptions() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string', default: TWINS.join(',') },
        windows: { type: 'string', default: 'W5,W15' },
        on: { type: 'string', default: 'processes,containers' },
        out: { type: 'string', default: '.eventproof/parity' },
      },
    }).values
  } catch (cause) {
    throw new UsageError('the command line is not understood', { what: messageOf(cause), cause })
  }
}

async function main(): Promise<number> {
  const values = readOptions()
  const out = resolve(values.out)
  await mkdir(out, { recursive: true })
  const listed = (text: string) => text.split(',').filter(Boolean)
  const subjects = [
    ...listed(values.windows).map((window) => ({ name: REFERENCE, expected: 'HELD', windows: [window] })),
    ...listed(values.only)
      .map(twinNamed)
      .map(({ name, expected, windows }) => ({ name, expected, windows })),
  ]
  const told = listenForEnd()
  const rows: ParityRow[] = []
  for (const subject of subjects) {
    const on: Record<string, TwinTrial> = {}
    for (const stack of listed(values.on)) {
      const options = { runs: 1, seed: subject.name, out: join(out, 'runs'), jobs: 1, stack }
      const selection = subject.windows.map((window) => `@${window}`)
      const [trial] = await tryTwin({ name: subject.name, expected: [subject.expected], selection }, options)
      if (trial) on[stack] = trial
      if (told.code !== undefined) return told.code
    }
    const { name, expected, windows } = subject
    rows.push({ subject: name, expected, windows, on })
    output.aside(`${parityMarkdown(rows).split('\n').at(-1)}\n`)
    await writeFile(join(out, 'parity.md'), `${parityMarkdown(rows)}\n`)
  }
  const differ = rows.filter((row) => !agree(row))
  output.result(parityMarkdown(rows))
  output.result(
    `\n${rows.length - differ.length} of ${rows.length} came to what they must be, and to the same, on ${values.on}`,
  )
  return differ.length === 0 ? 0 : 1
}

process.exitCode = await main().catch((thrown: unknown) => {
  const error = readable(thrown)
  output.aside(`${errorText(error, output.style)}\n`)
  return error.exitCode
})
