import { windowsOver } from '../window.ts'
import type { MonitoringTestbed } from './testbed/monitoring-testbed.ts'
import type { MonitoringView } from './view/monitoring-view.ts'

export const { window, isWindow } = windowsOver<MonitoringTestbed, MonitoringView>()
