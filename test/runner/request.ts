import { parseArgs } from 'node:util'
import { nearest } from '../../core/nearest.ts'

/** What `npm test -- …` is asked for. */
export interface TestRequest {
  /** Test files, relative to the checkout, in the order in which they run. */
  readonly files: readonly string[]
  /** A regular expression on names of tests; undefined where all of them are to run. */
  readonly only: string | undefined
  /** True where nothing was chosen: types, format and lint belong to it, too. */
  readonly everything: boolean
}

/** The command line names something that does not exist. */
export class WrongRequest extends Error {}

export const USAGE = 'usage: npm test -- [FILE or FOLDER…] [--only PATTERN]'

/**
 * @param args `core/until.test.ts scenarios/publishing --only 'gives up'`
 * @param tests all test files of the checkout
 * @throws {WrongRequest}
 */
export function testRequest(args: readonly string[], tests: readonly string[]): TestRequest {
  const { only, names } = words(args)
  const chosen = names.flatMap((name) => filesOf(name, tests))
  const files = names.length === 0 ? tests : [...new Set(chosen)]
  return { files, only, everything: names.length === 0 && only === undefined }
}

function words(args: readonly string[]): { only: string | undefined; names: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { only: { type: 'string' } },
      allowPositionals: true,
    })
    if (values.only !== undefined) new RegExp(values.only)
    return { only: values.only, names: positionals }
  } catch (error) {
    throw new WrongRequest(`${error instanceof Error ? error.message : error}\n${USAGE}`)
  }
}

/** The test file of this name, or those in the folder of this name. */
function filesOf(name: string, tests: readonly string[]): readonly string[] {
  const path = name.replace(/^\.\//, '').replace(/\/+$/, '')
  const found = tests.filter((test) => path === '.' || test === path || test.startsWith(`${path}/`))
  if (found.length > 0) return found
  const close = nearest(path, tests)
  throw new WrongRequest(
    `there is no test file or folder with tests called ${name}${close ? `: did you mean ${close}?` : ''}\n${USAGE}`,
  )
}
