import type { Hurtable } from '../faults/fault.ts'
import type { Phase } from '../proof/history/event.ts'
import type { ScenarioPlan } from '../proof/history/plan.ts'
import type { ScenarioHistory } from '../proof/history/scenario-history.ts'

/** What the trial runner needs of the testbed that it leads through, whatever is put to the test there. */
export interface Testbed extends Hurtable {
  readonly plan: ScenarioPlan
  readonly history: ScenarioHistory
  /** From 1; set before each trial, with the `seq` of its marker. */
  trial: number
  trialBegan: number
  /** Places the load of a phase without faults. */
  control(phase: Phase): Promise<void>
  /** Load beside a fault until it is disposed of. */
  flow(): AsyncDisposable
  /** Lets a part of that load pass before the fault, as much as the seed says. */
  leadIn?(): Promise<void>
  /** Waits until all that was asked for is done. @returns false when the recovery bound passed before */
  settled(): Promise<boolean>
  /** Waits for the end of the evidence: what is absent then is lost and not late. */
  concluded(): Promise<void>
}
