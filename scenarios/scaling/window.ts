import { windowsOver } from '../window.ts'
import type { ScalingTestbed } from './testbed/scaling-testbed.ts'
import type { ScalingView } from './view/scaling-view.ts'

export const { window, isWindow } = windowsOver<ScalingTestbed, ScalingView>()
