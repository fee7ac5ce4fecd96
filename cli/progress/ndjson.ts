import type { Clock } from '../../core/clock.ts'
import type { Renderer } from './renderer.ts'

/** `--json`: one event a line, with `at` in milliseconds since the start; the last one is the result or an error. */
export function ndjsonRenderer(clock: Clock, write: (line: string) => void): Renderer {
  return {
    show: (event) => write(JSON.stringify({ at: Math.round(clock.monotonic()), ...event })),
    [Symbol.dispose]() {},
  }
}
