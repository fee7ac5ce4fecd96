import { capturingAgain, noteHolder } from './capture.ts'
import { fault } from './fault.ts'

/** The connector and its task are restarted through Connect. */
export const connectorRestarted = fault({
  id: 'restart-connector',
  phrase: 'the connector is restarted',
  target: 'connector',
  needs: { capabilities: ['debezium'] },
  inject: (capture, log) =>
    log.inject('restart-connector', capture.connector.name, 'restart of connector and task', async () => {
      const holder = await noteHolder(capture)
      if (holder === undefined) return undefined
      await capture.connector.restartTask()
      return `the connector was told to restart while backend ${holder} held its slot`
    }),
  heal: (capture, log) =>
    log.heal('restart-connector', capture.connector.name, () => capturingAgain(capture, 'connector', true)),
})
