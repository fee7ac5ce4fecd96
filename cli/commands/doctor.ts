import { CONTROLS } from '../../reports/controls.ts'
import type { DoctorLine } from '../../stacks/driver.ts'
import { DEFAULT_DRIVER, DRIVER_NAMES, driverNamed } from '../../stacks/open-stack.ts'
import type { Output } from '../output.ts'

const MARKS = { ok: '✓', warn: '!', missing: '✗' } as const
const COLOURS = { ok: 'green', warn: 'yellow', missing: 'red' } as const

/**
 * What this machine has, what it lacks and how to get it, and which controls can be judged here.
 * Exit code 3 where something is missing that every proof needs.
 */
export async function doctorCommand(
  { json, thorough }: { readonly json?: true; readonly thorough?: true },
  output: Output,
): Promise<number> {
  const look = async (name: string) => (await driverNamed(name)).diagnose({ thorough: thorough === true })
  const checks = await look(DEFAULT_DRIVER)
  const others = new Map<string, readonly DoctorLine[]>()
  for (const name of DRIVER_NAMES) if (name !== DEFAULT_DRIVER) others.set(name, await look(name))
  const ready = [checks, ...others.values()].some(complete)
  const controls = CONTROLS.map(({ id, title }) => {
    const lacking = checks.find((check) => check.controls?.includes(id))
    const reason = lacking
      ? `${lacking.subject}: ${lacking.found}`
      : ready
        ? ''
        : 'something is missing, see above'
    return { id, title, provable: reason === '', reason }
  })
  if (json) {
    const stacks = { [DEFAULT_DRIVER]: checks, ...Object.fromEntries(others) }
    output.result(JSON.stringify({ type: 'doctor', ready, checks, controls, stacks }, null, 2))
    return ready ? 0 : 3
  }
  show(checks, output)
  for (const [name, lines] of others) {
    output.result(`\nwith --stack ${name}${complete(lines) ? '' : ', which can not be used here yet'}`)
    show(lines, output)
  }
  const here = controls.filter(({ provable }) => provable)
  output.result('')
  output.result(
    `${here.length} of ${controls.length} controls can be proven here: ${here.map(({ id }) => id).join(' ') || 'none'}`,
  )
  return ready ? 0 : 3
}

function complete(checks: readonly DoctorLine[]): boolean {
  return checks.every(({ state }) => state !== 'missing')
}

function show(checks: readonly DoctorLine[], output: Output): void {
  const width = Math.max(...checks.map(({ subject }) => subject.length))
  for (const { subject, state, found, costs, fix } of checks) {
    output.result(`${output.style(COLOURS[state], MARKS[state])} ${subject.padEnd(width)}  ${found}`)
    const indent = ' '.repeat(width + 4)
    if (costs !== undefined) output.result(`${indent}costs ${costs}`)
    if (fix !== undefined && state !== 'ok') output.result(`${indent}try   ${fix}`)
  }
}
