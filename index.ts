/** What a user imports: `import { defineConfig } from 'eventproof'`. */
export {
  type ConsumerConfig,
  defineConfig,
  type OutputsConfig,
  type PublisherConfig,
  type RedriveConfig,
  type RetryConfig,
  type ScalingConfig,
  SECTIONS,
  type SubjectConfig,
} from './scenarios/config.ts'
export * from './subjects/contract/index.ts'
