/** What every config has in common, whatever kinds of subjects it declares. */
export type { Attestation, CommonConfig, ServiceConfig } from './config.ts'
export { ConfigInvalid } from './config-invalid.ts'
export { type LoadedConfig, loadConfig } from './load.ts'
export { parseConfig } from './parse-config.ts'
export { fill, fillJson, PlaceholderUnknown, type PlaceholderValues } from './placeholders.ts'
export type { RequestConfig } from './request.ts'
export type { ConfigSection, InConfig, Subjects } from './section.ts'
