/** What a user imports: `import { defineConfig } from 'eventproof'`. */
export { ConfigInvalid } from './config-invalid.ts'
export { type LoadedConfig, loadConfig } from './load.ts'
export { fill, fillJson, PlaceholderUnknown, type PlaceholderValues } from './placeholders.ts'
export { parseConfig } from './schema.ts'
export * from './types.ts'
