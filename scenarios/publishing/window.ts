import { windowsOver } from '../window.ts'
import type { PublisherTestbed } from './testbed/publisher-testbed.ts'
import type { PublisherView } from './view/publisher-view.ts'

export const { window, isWindow } = windowsOver<PublisherTestbed, PublisherView>()
