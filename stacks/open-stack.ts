import { existsSync, readdirSync } from 'node:fs'
import { EventproofError } from '../core/error.ts'
import { nearest } from '../core/nearest.ts'
import type { Driver, OpenOptions } from './driver.ts'
import { withExternalParts } from './external/external-stack.ts'
import type { Stack } from './stack.ts'

export class DriverUnknown extends EventproofError {
  override readonly code = 'EVENTPROOF_DRIVER_UNKNOWN'
  override readonly exitCode = 64
}

const FOLDER = new URL('./drivers/', import.meta.url)

/** What runs where nobody chose: it needs nothing that has to be installed before. */
export const DEFAULT_DRIVER = 'processes'

/** Every folder that has a driver: a new one is found without being named anywhere. */
export const DRIVER_NAMES: readonly string[] = readdirSync(FOLDER)
  .filter((name) => existsSync(driverFile(name)))
  .sort()

/** @throws {DriverUnknown} */
export async function driverNamed(name: string): Promise<Driver> {
  if (!DRIVER_NAMES.includes(name)) {
    const close = nearest(name, DRIVER_NAMES)
    throw new DriverUnknown(`there is no driver ${name}`, {
      what: `a stack is run by one of: ${DRIVER_NAMES.join(', ')}`,
      ...(close ? { hint: `did you mean ${close}?` } : {}),
    })
  }
  const loaded: { readonly driver: Driver } = await import(driverFile(name).href)
  return loaded.driver
}

/**
 * Opens a stack by the name of its driver, or by a driver of the caller's own.
 * @throws {DriverUnknown} {ExternalUnfit}
 */
export async function openStack(
  driver: string | Driver,
  { external, ...options }: OpenOptions,
): Promise<Stack> {
  const stack = await (typeof driver === 'string' ? await driverNamed(driver) : driver).open(options)
  return external === undefined ? stack : withExternalParts(stack, external)
}

function driverFile(name: string): URL {
  return new URL(`${name}/driver.ts`, FOLDER)
}
