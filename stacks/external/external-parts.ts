import { EventproofError } from '../../core/error.ts'

/** Parts of a stack that somebody else runs, by their addresses. */
export interface ExternalParts {
  readonly kafka?: { readonly bootstrapServers: string }
  readonly postgres?: { readonly url: string }
  /** A file, and the context in it that counts; absent: its current one. */
  readonly kubernetes?: { readonly kubeconfig: string; readonly context?: string }
  /** Before the name of every topic, group, slot, database and namespace that a run makes there; what begins with it is removed. */
  readonly prefix: string
}

/** A part that was named by its address can not be used. */
export class ExternalUnfit extends EventproofError {
  override readonly code = 'EVENTPROOF_EXTERNAL_UNFIT'
}
