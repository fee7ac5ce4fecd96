import { collectExternal, type Reached } from './external/collect.ts'
import { DRIVER_NAMES, driverNamed } from './open-stack.ts'

/**
 * Removes what runs left behind whose process is gone: on parts of somebody else first, then what each driver knows of.
 * @param reached the parts that a config names
 * @param tell told of each thing that was done, or not
 * @throws what a driver says that can't look
 */
export async function collectLeftBehind(reached: Reached, tell: (line: string) => void): Promise<void> {
  for (const line of await collectExternal(reached)) tell(line)
  for (const name of DRIVER_NAMES)
    for (const line of (await (await driverNamed(name)).collect?.()) ?? []) tell(line)
}
