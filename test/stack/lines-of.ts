import type { Running } from '../../stacks/stack.ts'

/** Everything that it has written so far. */
export async function linesOf(running: Running): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const line of running.logs()) lines.push(line)
  return lines
}
