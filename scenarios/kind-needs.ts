import type { Capability, ComponentName } from '../stacks/stack.ts'

/** What every scenario of a kind needs of the stack, whatever window it enters. */
export interface KindNeeds {
  /** Brought up together, before the first scenario begins. */
  readonly components: readonly ComponentName[]
  readonly capabilities: readonly Capability[]
}

/** For a subject whose database and topics are observed, and whose commits are held at gates. */
export const OBSERVED: KindNeeds = {
  components: ['postgres', 'kafka', 'toxiproxy'],
  capabilities: ['logical-replication', 'create-trigger'],
}
