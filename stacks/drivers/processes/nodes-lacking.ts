import type { Capability } from '../../stack.ts'

const WHY = 'pods of the driver processes are processes of this machine, and their node is this tool'

/** What only nodes have that are machines, or containers that look like some. */
export const NODES_LACKING: ReadonlyMap<Capability, string> = new Map(
  (['evict-pod', 'drain-node', 'limit-memory'] as const).map((name) => [
    name,
    `${name}: ${WHY}; --stack containers has nodes`,
  ]),
)
