import { windowsOver } from '../window.ts'
import type { ConsumerTestbed } from './testbed/consumer-testbed.ts'
import type { ConsumerView } from './view/consumer-view.ts'

export const { window, isWindow } = windowsOver<ConsumerTestbed, ConsumerView>()
