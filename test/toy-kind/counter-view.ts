import {
  Disturbances,
  type EventOf,
  type Fact,
  factsOf,
  type HistoryEvent,
  type ScenarioPlan,
  type View,
} from 'eventproof/kind'

declare module 'eventproof/kind' {
  interface Facts {
    /** Where a counter stood when everything was over. */
    'counter.total': number
  }
}

export interface CounterPlan extends ScenarioPlan {
  readonly kind: 'counting'
  readonly counter: string
}

/** A history of additions, and of what they came to. */
export class CounterView implements View {
  readonly events: HistoryEvent[] = []
  readonly plan: CounterPlan
  readonly disturbances = new Disturbances()
  end: EventOf<'scenario.end'> | undefined

  constructor(plan: CounterPlan) {
    this.plan = plan
  }

  add(event: HistoryEvent): void {
    this.events.push(event)
    this.disturbances.add(event)
    if (event.kind === 'scenario.end') this.end = event
  }

  /** Additions whose answer came: they must count. */
  get answered(): readonly EventOf<'op.invoke'>[] {
    const answers = new Set(this.events.filter((event) => event.kind === 'op.ok').map(({ op }) => op))
    return this.events.filter((event) => event.kind === 'op.invoke').filter(({ op }) => answers.has(op))
  }

  /** Where the counter stood at the end. */
  get total(): Fact<'counter.total'> | undefined {
    return factsOf(this.events, 'counter.total')[0]
  }
}
