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
  'who lost a partition changes nothing any more': 'IC4',
  'events with different ids are different events': 'IC5',
  'a copy is recognised however late it comes': 'IC7',
  'events of one key take effect in their order': 'OR3',
  'a new owner goes on where the group had come to': 'OR4',
  'what is known of an entity never gets older': 'OR5',
  'the group hands partitions over one by one': 'CG1',
  'partitions that do not move are worked on': 'CG2',
}

for (const [words, checker] of Object.entries(expectations)) {
  Then(words, function (this: ProofWorld) {
    return this.expect(checker)
  })
}
