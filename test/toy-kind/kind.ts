import {
  AddressBook,
  asserted,
  faultsHealed,
  mutationsFound,
  type ScenarioJudgement,
  type ScenarioPlan,
  SubjectExperiment,
  startService,
  subjectKind,
  tookEffect,
  type View,
} from 'eventproof/kind'
import { additionNotAnswered } from './addition-not-answered.ts'
import { answeredCounts } from './answered-counts.ts'
import { type CounterConfig, counters } from './config.ts'
import { counterKilled } from './counter-killed.ts'
import { CounterTestbed } from './counter-testbed.ts'
import { type CounterPlan, CounterView } from './counter-view.ts'

/** One scenario on a counter. */
class CounterExperiment extends SubjectExperiment<CounterTestbed, CounterConfig> {
  protected perform(): Promise<ScenarioJudgement> {
    const { context, declared, options } = this
    const { trials } = context
    const plan: CounterPlan = { ...this.common(trials), kind: 'counting', counter: options.subject }
    return this.follow(new CounterView(plan), async (history) => {
      await using parts = new AsyncDisposableStack()
      const counter = await startService({
        context,
        scenario: options.name,
        record: (event) => history.record(event),
        parts,
        name: declared.service,
        instance: 0,
        addresses: { topicPrefix: '' },
      })
      const addresses = new AddressBook({ stack: context.stack, services: [counter] })
      return { testbed: new CounterTestbed(plan, history, counter), addresses, parts: parts.move() }
    })
  }
}

/** Counters: what was answered counts. It needs nothing of the stack but processes. */
export const kind = subjectKind({
  id: 'counting',
  config: counters,
  given: 'the counter under test is counting',
  needs: { components: [], capabilities: ['kill-service'] },
  isPlan: (plan: ScenarioPlan): plan is CounterPlan => plan.kind === 'counting',
  view: (plan: CounterPlan) => new CounterView(plan),
  isView: (view: View) => view instanceof CounterView,
  predicates: [answeredCounts],
  families: ['TC'],
  windows: [additionNotAnswered],
  faults: [counterKilled],
  guards: [faultsHealed, tookEffect, asserted, mutationsFound],
  subject: ({ plan, events }) => ({
    subject: plan.counter,
    figures: { of: 'counting', milliseconds: (events.at(-1)?.at ?? 0) - (events[0]?.at ?? 0) },
  }),
  isMeant: () => true,
  begin: (what, context, options) => new CounterExperiment(what, context, options),
})
