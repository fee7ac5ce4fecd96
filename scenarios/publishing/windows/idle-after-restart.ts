import { connectorRestarted } from '../../../faults/connector-restarted.ts'
import { idleWindow } from './others-write.ts'

/** W26a: the same after the connector's first restart: what moves its position on must go on, too. */
export const idleAfterRestart = idleWindow({
  id: 'W26a',
  phrase: 'others write after a restart while nothing is to be published',
  title: 'nothing to publish after a restart, and others write',
  held: 'the connector is restarted; 3 MB into another table, then rest for longer than the recovery bound',
  before: {
    faults: [connectorRestarted.id],
    async act(testbed) {
      await connectorRestarted.inject(testbed)
      await connectorRestarted.heal(testbed)
    },
  },
})
