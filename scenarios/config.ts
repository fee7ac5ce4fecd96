import type { CommonConfig } from '../subjects/contract/config.ts'
import type { InConfig } from '../subjects/contract/section.ts'
import { consumers } from './consuming/config.ts'
import { monitoring } from './monitoring/config.ts'
import { publishers } from './publishing/config.ts'
import { scaling } from './scaling/config.ts'
import { schemas } from './versioning/config.ts'

export type { ConsumerConfig, OutputsConfig, RedriveConfig, RetryConfig } from './consuming/config.ts'
export type { MonitoringConfig } from './monitoring/config.ts'
export type { PublisherConfig } from './publishing/config.ts'
export type { ScalingConfig } from './scaling/config.ts'
export type { VersionedConfig } from './versioning/config.ts'

/** Sections of the kinds of subjects that come with us. */
export const SECTIONS = [publishers, consumers, scaling, monitoring, schemas] as const

/** How users describe their own services, and what these promise. */
export interface SubjectConfig
  extends CommonConfig,
    InConfig<typeof publishers>,
    InConfig<typeof consumers>,
    InConfig<typeof scaling>,
    InConfig<typeof monitoring>,
    InConfig<typeof schemas> {}

/**
 * Gives types and completion to `eventproof.config.ts`. A further kind of subject has a section of its own:
 * `defineConfig<InConfig<typeof itsSection>>({ … })`.
 */
export function defineConfig<Further = unknown>(
  config: SubjectConfig & NoInfer<Further>,
): SubjectConfig & Further {
  return config
}

/** A parsed config with the types of these sections. */
export function declaredIn(config: CommonConfig): SubjectConfig {
  return {
    ...config,
    publishers: publishers.of(config),
    consumers: consumers.of(config),
    scaling: scaling.of(config),
    schemas: schemas.of(config),
    monitoring: monitoring.of(config),
  }
}
