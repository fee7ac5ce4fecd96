import { Coverage } from '../../../proof/history/coverage.ts'
import { Disturbances } from '../../../proof/history/disturbances.ts'
import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import type { View } from '../../../proof/history/view.ts'
import type { MonitoringPlan } from '../plan.ts'
import { Backlog, type Told } from './backlog.ts'

/** The history of what is watched: what waits, what the monitor says of it, and who was told. */
export class MonitoringView implements View {
  readonly events: HistoryEvent[] = []
  readonly plan: MonitoringPlan
  readonly disturbances = new Disturbances()
  readonly coverage: Coverage
  readonly tolds: Told[] = []
  readonly backlogs: readonly Backlog[]
  readonly inputs: EventOf<'input'>[] = []
  readonly commits: EventOf<'k.commit'>[] = []
  readonly commands: EventOf<'op.invoke'>[] = []
  readonly phases: EventOf<'phase'>[] = []
  /** Times in which a worker was gone: `seq` from the end of its last instance to the start of the next. */
  readonly deaths: { readonly worker: string; readonly from: number; to: number }[] = []
  end: EventOf<'scenario.end'> | undefined
  readonly #running = new Map<string, Set<number>>()

  constructor(plan: MonitoringPlan) {
    this.plan = plan
    const { consumed, backlogs } = plan.monitoring
    this.coverage = new Coverage(consumed?.topic ?? '')
    this.backlogs = backlogs.map((declared) => new Backlog(declared, this.tolds, plan.bounds.refresh))
  }

  add(event: HistoryEvent): void {
    this.events.push(event)
    this.coverage.add(event)
    this.disturbances.add(event)
    this.#take(event)
  }

  /** Those whose alert is put to the test. */
  get alerting(): readonly Backlog[] {
    return this.backlogs.filter(({ declared }) => declared.alert !== undefined)
  }

  backlog(name: string): Backlog | undefined {
    return this.backlogs.find(({ declared }) => declared.of === name)
  }

  /** Whether somebody who works off what is watched was gone. */
  deadAt(seq: number): boolean {
    return this.deaths.some(({ from, to }) => from < seq && seq < to)
  }

  /** The longest time without a look, in milliseconds. */
  get blindness(): number {
    return Math.max(0, ...this.backlogs.map(({ blindness }) => blindness))
  }

  get lastAt(): number {
    return this.events.at(-1)?.at ?? 0
  }

  #take(event: HistoryEvent): void {
    const { consumed, workers } = this.plan.monitoring
    switch (event.kind) {
      case 'backlog.look':
        this.backlog(event.backlog)?.look(event)
        return
      case 'backlog.told':
        this.tolds.push(event)
        return
      case 'input':
        if (event.topic === consumed?.topic) this.inputs.push(event)
        return
      case 'k.commit':
        if (event.group === consumed?.group && event.topic === consumed.topic) this.commits.push(event)
        return
      case 'op.invoke':
        this.commands.push(event)
        return
      case 'alert':
        for (const backlog of this.backlogs)
          if (event.name === backlog.declared.alert?.name) backlog.tell(event)
        return
      case 'phase':
        this.phases.push(event)
        return
      case 'proc':
        if (workers.includes(event.service)) this.#live(event)
        return
      case 'scenario.end':
        this.end ??= event
    }
  }

  #live({ service: worker, event, instance, seq }: EventOf<'proc'>): void {
    const running = this.#running.get(worker) ?? new Set()
    this.#running.set(worker, running)
    if (event === 'started') {
      const last = this.deaths.findLast((death) => death.worker === worker)
      if (running.size === 0 && last !== undefined) last.to = seq
      running.add(instance)
    } else if (event === 'exited' || event === 'killed' || event === 'ended') {
      const ran = running.delete(instance)
      if (ran && running.size === 0) this.deaths.push({ worker, from: seq, to: Number.POSITIVE_INFINITY })
    }
  }
}
