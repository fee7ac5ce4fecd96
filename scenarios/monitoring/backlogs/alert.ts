import { z } from 'zod'
import type { Declared } from '../../../subjects/contract/declared.ts'
import { duration, text } from '../../../subjects/contract/words.ts'

export const alert = z.strictObject({
  /**
   * Prometheus' rule file that defines it. A real Prometheus evaluates it as it is; a scenario's prefix is taken off the
   * labels before. Without it the monitor's service has to send the alert to `{alerts.url}` itself.
   */
  rules: text.exactOptional(),
  /** As the rule, or what is sent, calls it. */
  name: text,
  /** More than that, over all parts, must fire it; as much must not. */
  above: z.number().min(0),
  /** How long more may wait before it fires. Default: the rule's `for`, or 10s where no rule file is given. */
  within: duration.exactOptional(),
  /** In the place of the rule's `for`, with which a drill would take minutes. Default 2s. */
  quick: z.strictObject({ for: duration }).exactOptional(),
})

export interface AlertConfig extends Declared<typeof alert> {}
