import type { ConsumerFigures, PublisherFigures } from '../proof/figures.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import { seconds } from './words.ts'

/** One setting that clients of a subject asked a broker for. */
export interface SettingRow {
  readonly subject: string
  readonly software: string
  readonly setting: string
  readonly value: string
  /** The API in whose request it was read. */
  readonly api: string
  /** Of that API, rising; empty where it is not known. */
  readonly versions: readonly number[]
  readonly clients: readonly string[]
  /** Another value was seen for it as well. */
  readonly differs: boolean
}

/** `join-group 5, 9`: the requests, or the answers to them, in which a setting was read. */
export function readFrom({ api, versions }: Pick<SettingRow, 'api' | 'versions'>): string {
  return `${api} ${versions.join(', ')}`.trim()
}

type Row = Omit<SettingRow, 'differs'>

/** Values that promise less than others of the same setting, the weakest first. */
const WEAK: Readonly<Record<string, readonly string[]>> = {
  acks: ['0', '1'],
  'enable.idempotence': ['false'],
  'isolation.level': ['read_uncommitted'],
}

/** One row for each setting and value, the weakest first; those of producers are among them. */
export function settingRows(scenarios: readonly ScenarioJudgement[]): SettingRow[] {
  const rows = new Map<string, Row>()
  for (const row of scenarios.flatMap(rowsOf)) {
    const { versions, clients, ...what } = row
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
    .concat(cadenceRows(scenarios))
    .sort((a, b) => same(a).localeCompare(same(b), 'en') || strength(a) - strength(b))
}

function rowsOf({ subject, figures }: ScenarioJudgement): Row[] {
  if (figures.of === 'consumer') return figures.clients.flatMap((client) => askedRows(subject, client))
  return figures.of === 'publisher' ? figures.clients.flatMap((client) => producerRows(subject, client)) : []
}

function askedRows(subject: string, client: ConsumerFigures['clients'][number]): Row[] {
  const { clientId, software, settings, api, apiVersions } = client
  return Object.entries(settings).map(([setting, value]) => ({
    ...{ subject, software: software ?? NOT_SAID, setting, value: shownValue(setting, value), api },
    ...{ versions: apiVersions ?? [], clients: [clientId] },
  }))
}

function producerRows(subject: string, client: PublisherFigures['clients'][number]): Row[] {
  const { clientId, software, apiVersion, acks, idempotent } = client
  return Object.entries({ acks, 'enable.idempotence': idempotent }).map(([setting, value]) => ({
    ...{ subject, software: software ?? NOT_SAID, setting, value: shownValue(setting, value) },
    ...{ api: 'produce', versions: apiVersion === undefined ? [] : [apiVersion], clients: [clientId] },
  }))
}

const NOT_SAID = 'not said'

function shownValue(setting: string, value: string | number | boolean | null): string {
  return setting === 'acks' && value === -1 ? 'all' : String(value)
}

function strength({ setting, value }: Row): number {
  const weak = WEAK[setting]?.indexOf(value) ?? -1
  return weak < 0 ? Number.POSITIVE_INFINITY : weak
}

const WHAT: Readonly<Record<string, string>> = { 'offset-commit': 'time between offset commits' }

/** How often members say something is no setting that they name; it was measured, over all of their lives. */
function cadenceRows(scenarios: readonly ScenarioJudgement[]): SettingRow[] {
  const measured = scenarios.flatMap(({ subject, figures }) =>
    figures.of === 'consumer' ? figures.cadences.map((cadence) => ({ subject, ...cadence })) : [],
  )
  const groups = Object.values(
    Object.groupBy(measured, ({ subject, software, api }) => JSON.stringify([subject, software, api])),
  )
  return groups.flatMap((group = []) => {
    const [first] = group
    if (first === undefined) return []
    const medians = group.map(({ median }) => median).sort((a, b) => a - b)
    const [median = 0, short, long] = [
      medians[Math.floor(medians.length / 2)],
      Math.min(...group.map((one) => one.short)),
      Math.max(...group.map((one) => one.long)),
    ]
    return {
      subject: first.subject,
      software: first.software ?? NOT_SAID,
      setting: WHAT[first.api] ?? 'time between heartbeats',
      value: `${seconds(median)}, measured (${seconds(short)} to ${seconds(long)})`,
      api: first.api,
      versions: [],
      clients: [...new Set(group.map(({ clientId }) => clientId))],
      differs: false,
    }
  })
}
