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
import { asImages, configOf, programsOf } from './guests/guest-programs.ts'
import { rightInTheSame } from './guests/guest-run.ts'
import { trialsNamed } from './guests/guest-trial.ts'
import { processOutput } from './output.ts'
import { errorText, readable } from './present-error.ts'
import { listenForEnd } from './told-to-end.ts'
import { agree, type ParityRow, parityMarkdown } from './twins/parity.ts'
import { type SubjectTrial, type ToTry, trySubject, twinOf } from './twins/subject-trial.ts'

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

/** Of the guests that have an image: a broken one in its window, and the right one in the same. */
const GUESTS = ['node/parcels-without-memory', 'go/hasty-shop']

const output = processOutput()

function readOptions() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string', default: TWINS.join(',') },
        windows: { type: 'string', default: 'W5,W15' },
        guests: { type: 'string', default: GUESTS.join(',') },
        on: { type: 'string', default: 'processes,containers' },
        out: { type: 'string', default: '.eventproof/parity' },
      },
    }).values
  } catch (cause) {
    throw new UsageError('the command line is not understood', { what: messageOf(cause), cause })
  }
}

interface Compared extends Omit<ToTry, 'expected' | 'env'> {
  readonly name: string
  readonly expected: string
  env(stack: string): Promise<Readonly<Record<string, string>>>
}

const ofReference = (window: string): Compared => ({
  name: 'reference',
  expected: 'HELD',
  services: [],
  selection: [`@${window}`],
  env: async () => ({}),
})

function ofTwin(named: string): Compared {
  const { name, expected, windows } = twinNamed(named)
  const selection = windows.map((window) => `@${window}`)
  return { name, expected, services: twinOf(name), selection, env: async () => ({}) }
}

function ofGuest(name: string): Compared[] {
  const [{ guest, trial }] = trialsNamed(name)
  return [rightInTheSame(trial), trial].map(({ name, selection, expected, programs }) => ({
    name: `${guest.name}/${name}`,
    expected: Object.values(expected).join(),
    services: ['--config', configOf(guest)],
    selection,
    async env(stack) {
      const built = await programsOf(guest)
      return { ...(stack === 'containers' ? asImages(built) : built), ...programs }
    },
  }))
}

async function main(): Promise<number> {
  const values = readOptions()
  const out = resolve(values.out)
  await mkdir(out, { recursive: true })
  const listed = (text: string) => text.split(',').filter(Boolean)
  const subjects = [
    ...listed(values.windows).map(ofReference),
    ...listed(values.only).map(ofTwin),
    ...listed(values.guests).flatMap(ofGuest),
  ]
  const told = listenForEnd()
  const rows: ParityRow[] = []
  for (const { name, expected, services, selection, env } of subjects) {
    const on: Record<string, SubjectTrial> = {}
    for (const stack of listed(values.on)) {
      const options = { runs: 1, seed: name.replace('/', '-'), out: join(out, 'runs'), jobs: 1, stack }
      const tried = { expected: [expected], services, selection, env: await env(stack) }
      const [trial] = await trySubject(tried, options)
      if (trial) on[stack] = trial
      if (told.code !== undefined) return told.code
    }
    rows.push({ subject: name, expected, selection, on })
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
