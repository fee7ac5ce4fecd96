import type { ArmedWindow } from '../window.ts'
import type { ScalingLaboratory } from './scaling-laboratory.ts'

/** A window on a scaled workload. */
export interface ScalingWindow extends ArmedWindow<ScalingLaboratory> {
  /** It opens at zero: each trial takes the whole way back there. */
  readonly fromZero?: true
}
