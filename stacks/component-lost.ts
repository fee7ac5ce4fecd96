import { EventproofError } from '../core/error.ts'

/** A component ended that nobody ended: what was proved meanwhile, was proved of another system than it seemed. */
export class ComponentLost extends EventproofError {
  override readonly code = 'EVENTPROOF_COMPONENT_LOST'

  constructor(component: string, how: string, log?: string) {
    super(`${component} was gone`, {
      what: `it ended by itself, without a fault of ours: ${how}`,
      where: component,
      ...(log === undefined ? {} : { log }),
      hint: 'its log may say why: out of memory is frequent, and a container engine that was stopped. Run again',
    })
  }
}
