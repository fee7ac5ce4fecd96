import type { Driver } from './driver.ts'
import { DEFAULT_DRIVER, DRIVER_NAMES, driverNamed } from './open-stack.ts'
import type { ComponentName } from './stack.ts'

/** In the place of a driver's name: the first that can run here what is asked for. */
export const AUTO = 'auto'

export interface ChosenDriver {
  readonly name: string
  /** In a line: why this one, and why not the ones before it. */
  readonly why: string
}

/**
 * Asks the drivers, the most wanted one first, whether they can run these components here and now. Nothing is started,
 * pulled or built for that.
 * @param named a driver's name, which is then taken, or {@link AUTO}
 */
export async function chooseDriver(
  named: string,
  components: readonly ComponentName[],
): Promise<ChosenDriver> {
  if (named !== AUTO) return { name: named, why: 'asked for' }
  const all = await Promise.all(DRIVER_NAMES.map(async (name) => [name, await driverNamed(name)] as const))
  return chooseAmong(Object.fromEntries(all), components)
}

/** The same among these, by their names. */
export async function chooseAmong(
  drivers: Readonly<Record<string, Driver>>,
  components: readonly ComponentName[],
): Promise<ChosenDriver> {
  const refusals: string[] = []
  for (const [name, driver] of Object.entries(drivers).sort(([, a], [, b]) => rankOf(b) - rankOf(a))) {
    const offer = await driver.offer?.(components)
    if (offer?.able) return { name, why: [offer.why, ...refusals].join('; ') }
    if (offer) refusals.push(`not ${name}: ${offer.why}`)
  }
  return { name: DEFAULT_DRIVER, why: ['it needs nothing that is installed before', ...refusals].join('; ') }
}

function rankOf({ rank = 0 }: Driver): number {
  return rank
}
