import { EventproofError } from '../../../core/error.ts'

/** No container engine answers. */
export class EngineUnavailable extends EventproofError {
  override readonly code = 'EVENTPROOF_ENGINE_UNAVAILABLE'

  constructor(where: string | undefined, cause?: unknown) {
    super('no container engine answers', {
      what:
        where === undefined
          ? 'DOCKER_HOST is not set, and there is no socket of Docker'
          : 'nothing answers there; an engine that ends takes its containers along',
      ...(where === undefined ? {} : { where }),
      hint: 'start Docker (docs/containers.md), set DOCKER_HOST, or choose `--stack processes`, which needs none',
      cause,
    })
  }
}

/** The engine answered, and refused. */
export class EngineRefused extends EventproofError {
  override readonly code = 'EVENTPROOF_ENGINE_REFUSED'
  readonly status: number

  constructor(method: string, path: string, status: number, said: string) {
    super(`the container engine answered ${status}: ${said}`, { what: `${method} ${path}` })
    this.status = status
  }
}
