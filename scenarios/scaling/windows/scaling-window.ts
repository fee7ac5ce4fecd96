import type { Window } from '../../window.ts'
import type { ScalingTestbed } from '../testbed/scaling-testbed.ts'

/** A window on a scaled workload. */
export type ScalingWindow = Window<ScalingTestbed>
