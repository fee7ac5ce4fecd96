import type { RunningService } from '../../../stacks/stack.ts'

type Start = (
  name: string,
  instance: number,
  env: Readonly<Record<string, string>>,
) => Promise<RunningService>

/** Services that several may ask for: each instance is started once. */
export class Started {
  readonly #start: Start
  readonly #services = new Map<string, Promise<RunningService>>()

  constructor(start: Start) {
    this.#start = start
  }

  readonly start = (
    name: string,
    instance = 0,
    env: Readonly<Record<string, string>> = {},
  ): Promise<RunningService> => {
    const place = `${name}#${instance}`
    const service = this.#services.get(place) ?? this.#start(name, instance, env)
    this.#services.set(place, service)
    return service
  }

  all(): Promise<RunningService[]> {
    return Promise.all(this.#services.values())
  }
}
