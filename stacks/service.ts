import type { Endpoint } from '../core/endpoint.ts'
import type { Running } from './running.ts'
import type { Viewpoint } from './viewpoint.ts'

/** What a service is run from. A driver that can not run one of the two refuses it, and says what to do. */
export type Program = Command | Image

export interface Command {
  readonly command: readonly string[]
  readonly cwd: string
  /** How an image is made in which the same command runs, for where there are only images: in a pod. */
  readonly build?: Build
}

export interface Build {
  /** Absolute paths. */
  readonly context: string
  readonly dockerfile: string
  readonly target?: string
  readonly args?: Readonly<Record<string, string>>
}

export interface Image {
  /** Its name, or how it is made. */
  readonly image: string | Build
  /** These in the place of the image's own. */
  readonly entrypoint?: readonly string[]
  readonly command?: readonly string[]
  readonly cwd?: string
  readonly user?: string
  /** On which it listens inside, where that is not {@link ServiceSpec.port}. */
  readonly port?: number
}

export interface ServiceSpec {
  readonly name: string
  /** 0, 1, … where several instances of one service run. */
  readonly instance: number
  readonly program: Program
  readonly env: Readonly<Record<string, string>>
  readonly ready: Readiness
  /** Milliseconds until it must be ready. */
  readonly deadline: number
  /** On which it listens; from the stack, for this program. */
  readonly port: number
  /** Told of every start, readiness and end. */
  readonly on?: (event: ServiceEvent) => void
}

export type Readiness =
  | { readonly http: string }
  | { readonly log: RegExp }
  | { readonly tcp: true }
  /** A command that ends with 0 where the service runs. */
  | { readonly check: readonly string[] }

export interface ServiceEvent {
  readonly event: 'started' | 'ready' | 'exited' | 'killed' | 'stopped' | 'continued' | 'ended'
  /** Which of its starts: see {@link Running.id}. */
  readonly id: string
  readonly code?: number | null
  readonly signal?: NodeJS.Signals | null
}

export interface RunningService extends Running, AsyncDisposable {
  readonly instance: number
  endpoint(from: Viewpoint): Endpoint
}
