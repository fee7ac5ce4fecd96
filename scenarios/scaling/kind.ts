import { exportsIn } from '../../core/module-folder.ts'
import { subjectKind } from '../kind.ts'
import { OBSERVED } from '../kind-needs.ts'
import { scaling } from './config.ts'
import { checkDeployments } from './declared-deployments.ts'
import { judging } from './judging.ts'
import { ScalingExperiment } from './scaling-experiment.ts'
import { isWindow } from './window.ts'

/** Scaled workloads: from zero and back, and nothing is missed. */
export const kind = subjectKind({
  ...judging,
  config: scaling,
  given: 'the consumer under test is scaled by its lag',
  // Most of what they do is to wait for KEDA's clocks; but each starts pods, and more at once start too slowly.
  waitsFor: { component: 'kubernetes', share: 2 },
  variants: {
    'its scaler asks a Prometheus for the lag': 'metric',
    'its scaler goes by the clock': 'clock',
  },
  needs: OBSERVED,
  windows: await exportsIn(new URL('./windows/', import.meta.url), isWindow),
  checkFiles: checkDeployments,
  isMeant: () => true,
  begin: (what, context, options) => new ScalingExperiment(what, context, options),
})
