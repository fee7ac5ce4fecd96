import { windowsOver } from '../window.ts'
import type { ScalingTestbed } from './testbed/scaling-testbed.ts'

export const { window, isWindow } = windowsOver<ScalingTestbed>()
