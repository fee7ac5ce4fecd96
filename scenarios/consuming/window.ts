import { windowsOver } from '../window.ts'
import type { ConsumerTestbed } from './testbed/consumer-testbed.ts'

export const { window, isWindow } = windowsOver<ConsumerTestbed>()
