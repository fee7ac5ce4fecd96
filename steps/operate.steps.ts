import { Given, When } from '@cucumber/cucumber'
import type { ScalingTestbed } from '../scenarios/scaling/testbed/scaling-testbed.ts'
import type { ScalingWindow } from '../scenarios/scaling/windows/scaling-window.ts'
import type { Fault } from '../scenarios/window.ts'
import { expectations } from './expectations.ts'
import type { ProofWorld } from './world.ts'

Given('the consumer under test is scaled by its lag', function (this: ProofWorld) {
  // Every experiment begins with that; naming a workload that does not exist fails here.
  this.scaling.capabilities
})

When('{scaling-window}', function (this: ProofWorld, window: ScalingWindow) {
  this.scaling.enter(window)
})

When(
  '{scaling-fault} while {scaling-window}',
  function (this: ProofWorld, fault: Fault<ScalingTestbed>, window: ScalingWindow) {
    this.scaling.enter(window, fault)
  },
)

When('its scaler asks a Prometheus how much waits', function (this: ProofWorld) {
  this.scaling.scaledBy('metric')
})

When('its scaler goes by the clock', function (this: ProofWorld) {
  this.scaling.scaledBy('clock')
})

expectations({
  'nothing runs while there is nothing to do': 'SZ1',
  'it is woken by its scaler when too much waits': 'SZ2',
  'what came while nothing ran is handled': 'SZ3',
  'it goes back to zero when the work is done, not before': 'SZ4',
  'no more consumers run than can have work': 'SZ5',
  'every event takes effect once, whoever comes and goes': 'SZ6',
  'as many consumers run as the work asks for': 'SZ8',
  'its manifests ask for what is claimed': 'SZ7',
})
