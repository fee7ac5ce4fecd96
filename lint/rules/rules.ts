import type { Rule } from '../rule.ts'
import { activation } from './activation.ts'
import { authModes } from './auth-modes.ts'
import { authentication } from './authentication.ts'
import { autoscalerName } from './autoscaler-name.ts'
import { aws } from './aws.ts'
import { behavior } from './behavior.ts'
import { bootstrapServers } from './bootstrap-servers.ts'
import { cachedMetrics } from './cached-metrics.ts'
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
import { objectMetadata } from './object-metadata.ts'
import { objectName } from './object-name.ts'
import { offsetResetPolicy } from './offset-reset-policy.ts'
import { otherAutoscaler } from './other-autoscaler.ts'
import { paused } from './paused.ts'
import { persistentLag } from './persistent-lag.ts'
import { prometheus } from './prometheus.ts'
import { rabbitmq } from './rabbitmq.ts'
import { replicaBounds } from './replica-bounds.ts'
import { resource } from './resource.ts'
import { scaleInWindow } from './scale-in-window.ts'
import { scalingModifiers } from './scaling-modifiers.ts'
import { secondScaledObject } from './second-scaled-object.ts'
import { specField } from './spec-field.ts'
import { targetKind } from './target-kind.ts'
import { targetMissing } from './target-missing.ts'
import { targetValue } from './target-value.ts'
import { topic } from './topic.ts'
import { transactionMarkers } from './transaction-markers.ts'
import { triggerKey } from './trigger-key.ts'
import { triggerName } from './trigger-name.ts'
import { triggerType } from './trigger-type.ts'
import { triggerValue } from './trigger-value.ts'
import { writtenNumber } from './written-number.ts'
import { zeroOnInvalidOffset } from './zero-on-invalid-offset.ts'

/** Every rule that is asked of a rendered ScaledObject. A new rule is a file here and a line below; docs/lint.md is made of them. */
export const RULES: readonly Rule[] = [
  specField,
  objectMetadata,
  objectName,
  replicaBounds,
  metadataText,
  writtenNumber,
  triggerType,
  triggerKey,
  triggerValue,
  triggerName,
  cachedMetrics,
  metricType,
  kafkaSettings,
  rabbitmq,
  aws,
  authModes,
  authentication,
  resource,
  targetValue,
  consumerGroup,
  topic,
  offsetResetPolicy,
  zeroOnInvalidOffset,
  expiredBacklog,
  activation,
  capAbovePartitions,
  cooldown,
  gracePeriod,
  transactionMarkers,
  persistentLag,
  behavior,
  scaleInWindow,
  bootstrapServers,
  knative,
  otherAutoscaler,
  secondScaledObject,
  autoscalerName,
  targetKind,
  targetMissing,
  neverZero,
  paused,
  fallback,
  scalingModifiers,
  cron,
  prometheus,
]
