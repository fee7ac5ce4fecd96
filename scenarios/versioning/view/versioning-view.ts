import { Disturbances } from '../../../proof/history/disturbances.ts'
import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import { type Fact, isFact } from '../../../proof/history/recorded-fact.ts'
import type { View } from '../../../proof/history/view.ts'
import { isLevel, type Level } from '../../../schemas/level.ts'
import type { VersioningPlan } from '../plan.ts'
import './registry-facts.ts'

/** What a registry said of one subject. */
export class VersioningView implements View {
  readonly events: HistoryEvent[] = []
  readonly plan: VersioningPlan
  readonly disturbances = new Disturbances()
  end: EventOf<'scenario.end'> | undefined
  /** Its last word. */
  level: Fact<'schema.level'> | undefined
  readonly versions: Fact<'schema.version'>[] = []
  readonly readings: Fact<'schema.reading'>[] = []
  readonly changes: Fact<'schema.change'>[] = []

  constructor(plan: VersioningPlan) {
    this.plan = plan
  }

  add(event: HistoryEvent): void {
    this.events.push(event)
    this.disturbances.add(event)
    if (event.kind === 'scenario.end') this.end = event
    if (isFact(event, 'schema.level')) this.level = event
    if (isFact(event, 'schema.version')) this.versions.push(event)
    if (isFact(event, 'schema.reading')) this.readings.push(event)
    if (isFact(event, 'schema.change')) this.changes.push(event)
  }

  /** What readers were promised: what is declared, else what the registry has. */
  get promised(): Level | undefined {
    const own = this.level?.value.own ?? ''
    return this.plan.schemas.level ?? (isLevel(own) ? own : undefined)
  }

  /** The file of a version, or its number. */
  nameOf(version: number): string {
    const file = this.versions.find(({ value }) => value.version === version)?.value.file
    return file === undefined ? `version ${version}` : `version ${version} (${file})`
  }
}
