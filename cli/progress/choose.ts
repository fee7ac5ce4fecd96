import type { Clock } from '../../core/clock.ts'
import type { Output } from '../output.ts'
import { ndjsonRenderer } from './ndjson.ts'
import { plainRenderer } from './plain.ts'
import type { Renderer } from './renderer.ts'
import { terminalRenderer } from './terminal.ts'

/** JSON where it was asked for, a live display for a person, lines for everything else. */
export function chooseRenderer(json: boolean, clock: Clock, output: Output): Renderer {
  if (json) return ndjsonRenderer(clock, output.result)
  return output.live ? terminalRenderer(clock, output) : plainRenderer(clock, output.aside)
}
