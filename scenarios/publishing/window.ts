import { windowsOver } from '../window.ts'
import type { PublisherTestbed } from './testbed/publisher-testbed.ts'

export const { window, isWindow } = windowsOver<PublisherTestbed>()
