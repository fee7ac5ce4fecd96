import type { ServiceConfig } from '../config.ts'
import type { ComposeService } from './compose-service.ts'

/**
 * How such a service is told to be ready: by the address on itself that its health check asks for, else by the check's
 * own command, run where the service runs. Undefined where it has none.
 */
export function readinessOf(
  { healthcheck }: ComposeService,
  port: number | undefined,
): ServiceConfig['ready'] | undefined {
  const { test, disable } = healthcheck ?? {}
  if (test === undefined || disable) return undefined
  const [kind, ...words] = typeof test === 'string' ? ['CMD-SHELL', test] : test
  if (kind === 'NONE' || words.length === 0) return undefined
  const url =
    /\b(?:curl|wget)\b.*?\bhttp:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::(\d+))?(\/[^\s"'|&;]*)/.exec(
      words.join(' '),
    )
  if (url?.[2] !== undefined && Number(url[1] ?? 80) === port) return { http: url[2] }
  return { check: kind === 'CMD-SHELL' ? ['/bin/sh', '-c', words.join(' ')] : words }
}

/** The port of its own that its health check asks. */
export function portAsked({ healthcheck }: ComposeService): number | undefined {
  const { test = '' } = healthcheck ?? {}
  const port = /\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d+)/.exec([test].flat().join(' '))?.[1]
  return port === undefined ? undefined : Number(port)
}
