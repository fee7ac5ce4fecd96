/** What a registry may be told to check before it takes a further version; `NONE` is no choice. */
export const LEVELS = [
  'BACKWARD',
  'BACKWARD_TRANSITIVE',
  'FORWARD',
  'FORWARD_TRANSITIVE',
  'FULL',
  'FULL_TRANSITIVE',
] as const

export type Level = (typeof LEVELS)[number]

/** `backward`: who reads by the newer version, reads what the older one wrote; `forward`: the other way round. */
export type Direction = 'backward' | 'forward'

export function isLevel(text: string): text is Level {
  return LEVELS.some((level) => level === text)
}

/** Whether a level promises that one can be read by the other. @param apart versions between them: 1 for neighbours */
export function promises(level: Level, direction: Direction, apart: number): boolean {
  if (apart > 1 && !level.endsWith('_TRANSITIVE')) return false
  return level.startsWith('FULL') || level.startsWith(direction.toUpperCase())
}

/** The level that promises the same of all versions. */
export function transitive(level: Level): Level {
  const found = LEVELS.find((one) => one === `${level}_TRANSITIVE`)
  return found ?? level
}
