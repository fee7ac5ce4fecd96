import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where an engine answers: what `DOCKER_HOST` says, else the first socket that is there. */
export interface EngineAddress {
  /** As in `DOCKER_HOST`. */
  readonly url: string
  readonly socketPath?: string
  readonly host?: string
  readonly port?: number
}

/** Undefined where nothing points to an engine. */
export function engineAddress(env: NodeJS.ProcessEnv = process.env): EngineAddress | undefined {
  const url = env.DOCKER_HOST ?? sockets(env).find((path) => existsSync(path))
  return url === undefined ? undefined : parsed(url.startsWith('/') ? `unix://${url}` : url)
}

function parsed(url: string): EngineAddress {
  if (url.startsWith('unix://')) return { url, socketPath: url.slice('unix://'.length) }
  const { hostname, port } = new URL(url.replace(/^tcp:/, 'http:'))
  return { url, host: hostname, port: Number(port || 2375) }
}

function sockets(env: NodeJS.ProcessEnv): readonly string[] {
  const own = env.XDG_RUNTIME_DIR ? [join(env.XDG_RUNTIME_DIR, 'docker.sock')] : []
  const desktop = [join(homedir(), '.docker/run/docker.sock'), join(homedir(), '.docker/desktop/docker.sock')]
  return ['/var/run/docker.sock', ...own, ...desktop]
}
