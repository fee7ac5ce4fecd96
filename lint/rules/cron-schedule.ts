interface Bounds {
  readonly least: number
  readonly most: number
  /** Names of the numbers from `least` on. */
  readonly names?: readonly string[]
}

const FIELDS: readonly Bounds[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { least: 0, most: 6, names: 'sun mon tue wed thu fri sat'.split(' ') },
]

/**
 * What is wrong in a schedule of five fields, by the parser of robfig/cron that KEDA uses (getField, getRange);
 * undefined where nothing is.
 */
export function wrongInSchedule(schedule: string): string | undefined {
  if (schedule.startsWith('@')) return 'a named schedule, which KEDA does not take'
  const fields = schedule
    .replace(/^(CRON_)?TZ=\S+\s+/, '')
    .trim()
    .split(/\s+/)
  if (fields.length !== FIELDS.length) return `${fields.length} fields, not 5`
  for (const [i, bounds] of FIELDS.entries()) {
    const parts = (fields[i] ?? '').split(',').filter((part) => part !== '')
    for (const part of parts) {
      const wrong = wrongInPart(part, bounds)
      if (wrong !== undefined) return wrong
    }
  }
  return undefined
}

function wrongInPart(part: string, bounds: Bounds): string | undefined {
  const [range = '', step, ...more] = part.split('/')
  if (more.length > 0) return `"${part}" has two steps`
  if (step !== undefined && !/^\+?\d*[1-9]\d*$/.test(step)) return `"${part}" has no step`
  const ends = range.split('-')
  // What follows a star and a hyphen is not looked at.
  if (ends[0] === '*' || ends[0] === '?') return undefined
  if (ends.length > 2) return `"${part}" has two hyphens`
  const [from, to] = ends.map((end) => numberOf(end, bounds))
  const last = ends.length === 2 ? to : step === undefined ? from : bounds.most
  if (from === undefined || last === undefined) return `"${part}" is no number`
  if (from < bounds.least || last > bounds.most)
    return `"${part}" is not within ${bounds.least}–${bounds.most}`
  return from > last ? `"${part}" runs backwards` : undefined
}

function numberOf(text: string, { least, names = [] }: Bounds): number | undefined {
  const named = names.indexOf(text.toLowerCase())
  if (named >= 0) return least + named
  return /^\+?\d+$/.test(text) ? Number(text) : undefined
}
