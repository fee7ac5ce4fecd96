import type { ArmedWindow } from '../window.ts'
import type { ScalingLaboratory } from './scaling-laboratory.ts'

/** A window on a scaled workload. */
export type ScalingWindow = ArmedWindow<ScalingLaboratory>
