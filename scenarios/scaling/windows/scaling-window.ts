import type { ArmedWindow } from '../../window.ts'
import type { ScalingLaboratory } from '../testbed/scaling-testbed.ts'

/** A window on a scaled workload. */
export type ScalingWindow = ArmedWindow<ScalingLaboratory>
