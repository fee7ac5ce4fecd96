import type { Clock } from '../../core/clock.ts'
import type { ProgressEvent } from '../../core/progress.ts'
import type { Output } from '../output.ts'
import { verdictStyle } from '../verdict-style.ts'
import type { Renderer } from './renderer.ts'
import { UnderWay } from './under-way.ts'
import { factOf, verdictOf } from './wording.ts'

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const MOST_LINES = 8

/** For a person: facts scroll by, what is under way stays below them and is redrawn in place. */
export function terminalRenderer(clock: Clock, output: Output): Renderer {
  const underWay = new UnderWay(clock)
  let drawn = 0
  let frame = 0
  const timer = setInterval(() => redraw(), 100)
  timer.unref()
  output.aside('\x1b[?25l')

  function erase(): string {
    const up = drawn > 0 ? `\x1b[${drawn}A` : ''
    drawn = 0
    return `${up}\r\x1b[0J`
  }

  function redraw(fact = ''): void {
    frame += 1
    const cleared = erase()
    const lines = underWay.lines()
    const shown = lines.slice(0, MOST_LINES).map((line) => `${FRAMES[frame % FRAMES.length]} ${line}`)
    if (lines.length > MOST_LINES) shown.push(`  and ${lines.length - MOST_LINES} more`)
    drawn = shown.length
    const live = shown.map((line) => `${output.style('dim', clipped(line, output.columns))}\n`).join('')
    output.aside(`${cleared}${fact}${live}`)
  }

  return {
    show(event) {
      underWay.apply(event)
      const fact = factOf(event)
      if (fact !== undefined) redraw(`${styled(event, fact, output)}\n`)
    },
    [Symbol.dispose]() {
      clearInterval(timer)
      output.aside(`${erase()}\x1b[?25h`)
    },
  }
}

function styled(event: ProgressEvent, fact: string, { style }: Output): string {
  if (event.type === 'scenario' && event.state === 'judged') {
    const verdict = verdictOf(event)
    return style(verdictStyle(verdict), verdict.padEnd(12)) + fact.slice(verdict.length + 1)
  }
  if (fact.startsWith('✓')) return style('green', '✓') + fact.slice(1)
  if (fact.startsWith('✗')) return style('red', fact)
  return fact.startsWith('!') ? style('yellow', fact) : fact
}

/** A line that wraps would be erased by half. */
function clipped(line: string, columns: number): string {
  return line.length < columns ? line : `${line.slice(0, Math.max(1, columns - 2))}…`
}
