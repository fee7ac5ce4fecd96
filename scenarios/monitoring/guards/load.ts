import { load as guard } from '../../../proof/guards/load.ts'
import type { MonitoringView } from '../view/monitoring-view.ts'
import { waitingInAll } from '../view/waiting.ts'
import { lives } from './flow.ts'

/** Guard 2: enough events, answers of the monitor, and where an alert is to fire more waiting than it allows. */
export const load = guard<MonitoringView>({
  title: 'enough came, and enough waited',
  lives,
  after: { end: 'placed', word: 'placed' },
  faultless: true,
  amounts(view) {
    return [
      { count: lives(view).length, least: view.plan.bounds.events, of: 'events' },
      ...view.backlogs.flatMap(({ declared, looks, judged, error }) => {
        const most = looks.reduce((most, look) => Math.max(most, waitingInAll(look, look).most), 0)
        const { of: name, unit, alert } = declared
        const above = alert === undefined ? 0 : alert.above + error
        const least = unit === 'seconds' ? above : above + 1
        return [
          { count: judged.length, least: 1, of: `answers about the ${name} between two looks` },
          { count: Math.floor(most), least: Math.ceil(least), of: `${unit} of the ${name} at most` },
        ]
      }),
    ]
  },
})
