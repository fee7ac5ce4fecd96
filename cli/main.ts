import { readFileSync } from 'node:fs'
import { ignoreHarmlessWarnings } from '../core/warnings.ts'
import { commandsFor } from './commands/commands.ts'
import { processOutput } from './output.ts'
import { errorJson, errorText, readable } from './present-error.ts'
import { runProgram } from './program.ts'

ignoreHarmlessWarnings()
const argv = process.argv.slice(2)
const output = processOutput()
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

function fail(thrown: unknown): number {
  const error = readable(thrown)
  if (argv.includes('--json')) output.result(errorJson(error))
  else output.aside(`${errorText(error, output.style)}\n`)
  return error.exitCode
}

/** What is still open by now (a socket, a timer) must not keep a finished command alive. */
function end(code: number): void {
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
}

process.on('uncaughtException', (thrown) => end(fail(thrown)))
end(await runProgram(argv, commandsFor(argv, output, version), version, output).catch(fail))
