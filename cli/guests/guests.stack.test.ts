import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { GUESTS, type Toolchain } from '../../subjects/guests/catalogue.ts'
import { configOf, programsOf } from './guest-programs.ts'
import { isAsExpected, rightInTheSame, runGuest } from './guest-run.ts'

/** One that is broken of each guest; Spring Boot takes minutes to build. `npm run guests` proves all of them whole. */
const BROKEN: Readonly<Record<Exclude<Toolchain, 'java'>, string>> = {
  node: 'parcels-without-memory',
  python: 'rooms-auto-commit',
  go: 'hasty-shop',
}

const PROBES: Readonly<Record<Exclude<Toolchain, 'java'>, readonly [string, ...string[]]>> = {
  node: ['node', '--version'],
  python: ['python3', '-m', 'pip', '--version'],
  go: ['go', 'version'],
}

const out = await mkdtemp(join(tmpdir(), 'eventproof-guests-test-'))
/** What a failure names is left. */
let failed = false
after(() => (failed ? undefined : rm(out, { recursive: true, force: true })))

for (const guest of GUESTS) {
  if (guest.name === 'java') continue
  const wanted = BROKEN[guest.name]
  const broken = guest.trials.find(({ name }) => name === wanted)
  assert.ok(broken)
  const [program, ...args] = PROBES[guest.name]
  const skip = await promisify(execFile)(program, args).then(
    () => false,
    () => `${[program, ...args].join(' ')} does not answer`,
  )
  describe(`a guest in ${guest.name}`, { skip, timeout: 15 * 60_000 }, () => {
    for (const trial of [rightInTheSame(broken), broken])
      test(`${trial.name}: ${Object.values(trial.expected)}`, async () => {
        const options = { config: configOf(guest), seed: guest.name, out, jobs: 1 }
        const run = await runGuest(guest.name, trial, { ...options, env: await programsOf(guest) })
        failed ||= !isAsExpected(run)
        assert.ok(isAsExpected(run), JSON.stringify(run, null, 2))
      })
  })
}
