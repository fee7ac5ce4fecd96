import { z } from 'zod'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import { lanesAround } from './lanes.ts'
import { every, type Panels, type PanelsByKind } from './panels.ts'
import { numbers, type Table } from './table.ts'

/** Those of a kind; one that has no folder here is shown by what all kinds have in common. */
export function panelsOf(kind: string, panels: PanelsByKind): Panels {
  return panels.get(kind) ?? genericPanels(kind)
}

export function genericPanels(kind: string): Panels {
  return {
    id: kind,
    noun: kind,
    lanes: lanesAround('service'),
    figures: z.looseObject({ of: z.string(), milliseconds: z.number().nonnegative() }),
    tables: [
      { illustrates: every, of: (scenarios) => countsTable(scenarios.filter((each) => each.kind === kind)) },
    ],
    stories: [],
  }
}

/** Every number that was counted, under the name that the kind gives it, over all scenarios of a subject. */
function countsTable(scenarios: readonly ScenarioJudgement[]): Table | undefined {
  const counts = new Map<string, Map<string, number>>()
  for (const { subject, figures } of scenarios) {
    if (figures.of === 'nothing') continue
    const row = counts.get(subject) ?? new Map<string, number>()
    counts.set(subject, row)
    for (const [name, value] of Object.entries(figures))
      if (typeof value === 'number' && name !== 'milliseconds') row.set(name, (row.get(name) ?? 0) + value)
  }
  const names = [...new Set([...counts.values()].flatMap((row) => [...row.keys()]))]
  if (names.length === 0) return undefined
  return {
    title: 'What was counted',
    columns: ['Subject', ...numbers(...names.map(inWords))],
    rows: [...counts].map(([subject, row]) => [subject, ...names.map((name) => row.get(name) ?? 0)]),
  }
}

/** `rolledBack` → `Rolled back`. */
function inWords(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
