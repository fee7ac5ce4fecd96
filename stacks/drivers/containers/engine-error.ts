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

/** What to try where an engine, or what ran in it, says this. */
export function hintOf(said: string): string | undefined {
  return /no space left on device/i.test(said)
    ? 'the disk of the engine is full: `docker system df` shows by what, `docker system prune` makes room'
    : undefined
}

/** The engine answered, and refused. */
export class EngineRefused extends EventproofError {
  override readonly code = 'EVENTPROOF_ENGINE_REFUSED'
  readonly status: number

  constructor(method: string, path: string, status: number, said: string) {
    const hint = hintOf(said)
    super(`the container engine answered ${status}: ${said}`, {
      what: `${method} ${path}`,
      ...(hint === undefined ? {} : { hint }),
    })
    this.status = status
  }
}
