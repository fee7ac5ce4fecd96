import { goodLife, type ScalingHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

const PAUSED = {
  kind: 'lint',
  rule: 'paused',
  severity: 'error',
  file: 'k8s/scaled-object.yaml',
  line: 7,
  object: 'order-service/order-fulfillment',
  found: 'annotation autoscaling.keda.sh/paused: true',
  fix: 'remove it from the manifest',
} as const

/** A good life, in spite of what is written. */
function written(
  h: ScalingHistory,
  change: Partial<Omit<typeof PAUSED, 'kind'>> | Record<string, string>,
): void {
  h.add({ ...PAUSED, ...change } as typeof PAUSED)
  goodLife(h)
}

table('SZ7', [
  ['nothing is amiss', 'held', (h) => void goodLife(h)],
  ['a warning', 'held', (h) => written(h, { severity: 'warning' })],
  ['an error in another ScaledObject of the folder', 'held', (h) => written(h, { object: 'a/payment' })],
  ['an error, although all went well', 'manifest-error', (h) => written(h, {})],
  ['a file that is no manifest', 'manifest-error', (h) => written(h, { rule: 'not-an-object', object: '' })],
])
