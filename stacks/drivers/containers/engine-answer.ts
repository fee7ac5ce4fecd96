import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { EngineRefused } from './engine-error.ts'

export async function json<T>(answer: IncomingMessage): Promise<T> {
  return JSON.parse(await text(answer))
}

export function labelled(label: string): string {
  return `filters=${encodeURIComponent(JSON.stringify({ label: [label] }))}`
}

/** A build and a pull answer 200 and then say, line by line, what happens: also that they fail. */
export function reported(method: string, path: string, said: string): string {
  const lines = said.split('\n').filter((line) => line.startsWith('{'))
  for (const line of lines) {
    const { error } = JSON.parse(line)
    if (error !== undefined) throw new EngineRefused(method, path.split('?', 1)[0] as string, 200, error)
  }
  return lines.at(-1) ?? ''
}

/** What the engine's JSON says, else the text itself. */
export function messageIn(said: string): string {
  try {
    return JSON.parse(said).message ?? said
  } catch {
    return said.trim()
  }
}
