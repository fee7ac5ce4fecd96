import { small, type Table, word } from './table.ts'

/** What clients of a subject asked a broker for, or were told, and where that was read. */
export interface AskedSetting {
  readonly subject: string
  /** Null where a client did not say what it is. */
  readonly software: string | null
  readonly setting: string
  readonly value: string | number | boolean | null
  /** The API in whose request it was read. */
  readonly api: string
  /** Of that API; empty where it is not known. */
  readonly versions: readonly number[]
  readonly clients: readonly string[]
}

export interface SettingRow extends Omit<AskedSetting, 'software' | 'value'> {
  readonly software: string
  readonly value: string
  /** Another value was seen for it as well. */
  readonly differs: boolean
}

type Row = Omit<SettingRow, 'differs'>

/** Values that promise less than others of the same setting, the weakest first. */
const WEAK: Readonly<Record<string, readonly string[]>> = {
  acks: ['0', '1'],
  'enable.idempotence': ['false'],
  'isolation.level': ['read_uncommitted'],
}

/** One row for each setting and value, the weakest first. */
export function settingRows(asked: readonly AskedSetting[]): SettingRow[] {
  const rows = new Map<string, Row>()
  for (const { versions, clients, software, value, ...rest } of asked) {
    const what = { ...rest, software: software ?? 'not said', value: shownValue(rest.setting, value) }
    const key = JSON.stringify(what)
    const known = rows.get(key)
    rows.set(key, {
      ...what,
      versions: [...new Set([...(known?.versions ?? []), ...versions])].sort((a, b) => a - b),
      clients: [...new Set([...(known?.clients ?? []), ...clients])],
    })
  }
  const all = [...rows.values()]
  const same = (row: Row) => [row.subject, row.software, row.api, row.setting].join(' ')
  const times = Object.groupBy(all, same)
  return all
    .map((row) => ({ ...row, differs: (times[same(row)]?.length ?? 0) > 1 }))
    .sort((a, b) => same(a).localeCompare(same(b), 'en') || strength(a) - strength(b))
}

/** Clients that a row names before it counts the others. */
const NAMED = 3

export function settingsTable(asked: readonly AskedSetting[]): Table | undefined {
  const rows = settingRows(asked)
  if (rows.length === 0) return undefined
  return {
    title: 'Settings of every client seen',
    columns: ['Setting', 'Value', word('Read from'), 'Software', word('Service'), small('Clients')],
    rows: rows.map((row) => [
      { code: row.setting },
      row.differs ? { text: row.value, note: 'differs between clients' } : row.value,
      readFrom(row),
      row.software,
      row.subject,
      row.clients.slice(0, NAMED).join(', ') +
        (row.clients.length > NAMED ? ` and ${row.clients.length - NAMED} more` : ''),
    ]),
  }
}

/** `join-group 5, 9`: the requests, or the answers to them, in which a setting was read. */
export function readFrom({ api, versions }: Pick<SettingRow, 'api' | 'versions'>): string {
  return `${api} ${versions.join(', ')}`.trim()
}

function shownValue(setting: string, value: AskedSetting['value']): string {
  return setting === 'acks' && value === -1 ? 'all' : String(value)
}

function strength({ setting, value }: Row): number {
  const weak = WEAK[setting]?.indexOf(value) ?? -1
  return weak < 0 ? Number.POSITIVE_INFINITY : weak
}
