/**
 * `npm run guests`: proves services that were written without this tool, by their configs alone, and compares what is said
 * of each control with what their README says.
 *
 *   npm run guests -- --only node,python/rooms-auto-commit --jobs 2
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { messageOf } from '../core/error.ts'
import { UsageError } from '../core/usage-error.ts'
import { configOf, programsOf } from './guests/guest-programs.ts'
import { type GuestRun, guestMarkdown, isAsExpected, runGuest } from './guests/guest-run.ts'
import { ALL_TRIALS, trialsNamed } from './guests/guest-trial.ts'
import { processOutput } from './output.ts'
import { errorText, readable } from './present-error.ts'
import { listenForEnd } from './told-to-end.ts'

const output = processOutput()

function readOptions() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string' },
        jobs: { type: 'string', default: '2' },
        out: { type: 'string', default: '.eventproof/guests' },
      },
    }).values
  } catch (cause) {
    throw new UsageError('the command line is not understood', { what: messageOf(cause), cause })
  }
}

async function main(): Promise<number> {
  const { only, jobs, out } = readOptions()
  const folder = resolve(out)
  await mkdir(folder, { recursive: true })
  const told = listenForEnd()
  const runs: GuestRun[] = []
  for (const { guest, trial } of only?.split(',').flatMap(trialsNamed) ?? ALL_TRIALS) {
    if (told.code !== undefined) break
    const seed = `${guest.name}-${trial.name}`
    const options = { config: configOf(guest), seed, out: join(folder, 'runs'), jobs: Number(jobs) }
    const run = await runGuest(guest.name, trial, { ...options, env: await programsOf(guest) })
    runs.push(run)
    output.aside(`${guestMarkdown([run]).split('\n').at(-1)}\n`)
    await writeFile(join(folder, 'guests.json'), `${JSON.stringify({ schema: 1, runs }, null, 2)}\n`)
  }
  const table = guestMarkdown(runs)
  await writeFile(join(folder, 'guests.md'), `${table}\n`)
  output.result(table)
  if (told.code !== undefined) return told.code
  return runs.every(isAsExpected) ? 0 : 1
}

process.exitCode = await main().catch((thrown: unknown) => {
  const error = readable(thrown)
  output.aside(`${errorText(error, output.style)}\n`)
  return error.exitCode
})
