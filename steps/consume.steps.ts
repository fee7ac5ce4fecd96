import { Given, Then, When } from '@cucumber/cucumber'
import type { ConsumerLaboratory } from '../scenarios/consumer-laboratory/consumer-laboratory.ts'
import type { ArmedWindow, Bite } from '../scenarios/window.ts'
import type { ProofWorld } from './world.ts'

Given('the consumer under test is handling events', function (this: ProofWorld) {
  // Every experiment begins with that; naming a consumer that does not exist fails here.
  this.consumer.capabilities
})

When('{consumer-window}', function (this: ProofWorld, window: ArmedWindow<ConsumerLaboratory>) {
  this.consumer.enter(window)
})

When(
  '{consumer-bite} while {consumer-window}',
  function (this: ProofWorld, bite: Bite<ConsumerLaboratory>, window: ArmedWindow<ConsumerLaboratory>) {
    this.consumer.enter(window, bite)
  },
)

const expectations: Readonly<Record<string, string>> = {
  'every event takes effect exactly once': 'IC1',
  'an event is remembered in the transaction of its effect': 'IC2',
  'no progress is stored before its effect is durable': 'IC3',
}

for (const [words, checker] of Object.entries(expectations)) {
  Then(words, function (this: ProofWorld) {
    return this.expect(checker)
  })
}
