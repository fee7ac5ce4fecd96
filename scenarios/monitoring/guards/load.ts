import { load as guard } from '../../../proof/guards/load.ts'
import type { MonitoringView } from '../view/monitoring-view.ts'
import { waitedInAll } from '../view/waited.ts'
import { lives } from './flow.ts'

/** Guard 2: enough events, answers of the monitor, and where an alert is to fire more waiting than it allows. */
export const load = guard<MonitoringView>({
  title: 'enough events came, and enough waited',
  lives,
  after: { end: 'placed', word: 'placed' },
  amounts(view) {
    const { plan, inputs, looks, judged } = view
    const most = looks.reduce((most, look) => Math.max(most, waitedInAll(look, look).most), 0)
    const { alert } = plan.monitoring
    return [
      { count: inputs.length, least: plan.bounds.events, of: 'events' },
      { count: judged.length, least: 1, of: 'answers of the monitor between two looks' },
      { count: most, least: alert === undefined ? 1 : alert.above + 1, of: 'waited at most' },
    ]
  },
})
