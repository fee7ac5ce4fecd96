import { styleText } from 'node:util'

/** Where a command writes: results on stdout, everything about getting there on stderr. */
export interface Output {
  result(text: string): void
  aside(text: string): void
  /** Both streams are a terminal of a person: lines may be redrawn. */
  readonly live: boolean
  readonly columns: number
  readonly style: Style
}

/** Colours where stderr takes them; NO_COLOR and FORCE_COLOR are obeyed. */
export type Style = (format: Parameters<typeof styleText>[0], text: string) => string

export function processOutput(env: NodeJS.ProcessEnv = process.env): Output {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe)
  return {
    result: (text) => void process.stdout.write(`${text}\n`),
    aside: (text) => void process.stderr.write(text),
    live: process.stderr.isTTY === true && !env.CI && env.TERM !== 'dumb',
    get columns() {
      return process.stderr.columns ?? 100
    },
    style: (format, text) => styleText(format, text, { stream: process.stderr }),
  }
}

/** `eventproof twins | head` must neither fail nor end a run that is under way. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
