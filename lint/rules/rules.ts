import type { Rule } from '../rule.ts'
import { activation } from './activation.ts'
import { bootstrapServers } from './bootstrap-servers.ts'
import { capAbovePartitions } from './cap-above-partitions.ts'
import { consumerGroup } from './consumer-group.ts'
import { cooldown } from './cooldown.ts'
import { cron } from './cron.ts'
import { expiredBacklog } from './expired-backlog.ts'
import { fallback } from './fallback.ts'
import { gracePeriod } from './grace-period.ts'
import { kafkaSettings } from './kafka-settings.ts'
import { knative } from './knative.ts'
import { metadataText } from './metadata-text.ts'
import { metricType } from './metric-type.ts'
import { neverZero } from './never-zero.ts'
import { offsetResetPolicy } from './offset-reset-policy.ts'
import { otherAutoscaler } from './other-autoscaler.ts'
import { paused } from './paused.ts'
import { persistentLag } from './persistent-lag.ts'
import { prometheus } from './prometheus.ts'
import { replicaBounds } from './replica-bounds.ts'
import { scaleInWindow } from './scale-in-window.ts'
import { secondScaledObject } from './second-scaled-object.ts'
import { specField } from './spec-field.ts'
import { targetMissing } from './target-missing.ts'
import { topic } from './topic.ts'
import { transactionMarkers } from './transaction-markers.ts'
import { triggerKey } from './trigger-key.ts'
import { triggerValue } from './trigger-value.ts'
import { zeroOnInvalidOffset } from './zero-on-invalid-offset.ts'

/** Every rule that is asked of a rendered ScaledObject. A new rule is a file here, a line below and a row in docs/lint.md. */
export const RULES: readonly Rule[] = [
  specField,
  replicaBounds,
  metadataText,
  triggerKey,
  triggerValue,
  kafkaSettings,
  consumerGroup,
  topic,
  offsetResetPolicy,
  zeroOnInvalidOffset,
  expiredBacklog,
  activation,
  metricType,
  capAbovePartitions,
  cooldown,
  gracePeriod,
  transactionMarkers,
  persistentLag,
  scaleInWindow,
  bootstrapServers,
  knative,
  otherAutoscaler,
  secondScaledObject,
  targetMissing,
  neverZero,
  paused,
  fallback,
  cron,
  prometheus,
]
