import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { isConsumerFigures } from '../../scenarios/consuming/view/consumer-figures.ts'
import type { AskedSetting } from '../settings.ts'
import { seconds } from '../words.ts'

/** What every client asked for, and how often members said something. */
export function settingsOf(scenarios: readonly ScenarioJudgement[]): AskedSetting[] {
  return [...scenarios.flatMap(askedIn), ...cadences(scenarios)]
}

function askedIn({ subject, figures }: ScenarioJudgement): AskedSetting[] {
  if (!isConsumerFigures(figures)) return []
  return figures.clients.flatMap(({ clientId, software, settings, api, apiVersions = [] }) =>
    Object.entries(settings).map(([setting, value]) => ({
      ...{ subject, software, setting, value, api },
      ...{ versions: apiVersions, clients: [clientId] },
    })),
  )
}

const WHAT: Readonly<Record<string, string>> = { 'offset-commit': 'time between offset commits' }

/** How often members say something is no setting that they name; it was measured, over all of their lives. */
function cadences(scenarios: readonly ScenarioJudgement[]): AskedSetting[] {
  const measured = scenarios.flatMap(({ subject, figures }) =>
    isConsumerFigures(figures) ? figures.cadences.map((cadence) => ({ subject, ...cadence })) : [],
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
      software: first.software,
      setting: WHAT[first.api] ?? 'time between heartbeats',
      value: `${seconds(median)}, measured (${seconds(short)} to ${seconds(long)})`,
      api: first.api,
      versions: [],
      clients: [...new Set(group.map(({ clientId }) => clientId))],
    }
  })
}
