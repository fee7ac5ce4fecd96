/** A fenced block of shell commands in a runbook. */
export interface RunbookStep {
  /** Of its first command, from 1. */
  readonly line: number
  readonly commands: string
}

/** At any depth: a step of a list is indented. */
const FENCE = /^(\s*)(`{3,}|~{3,})\s*(\S*)/
const SHELL = ['sh', 'bash', 'shell']

/** What a runbook in Markdown tells its reader to type: its blocks in ```sh, ```bash or ```shell, in their order. */
export function runbookSteps(markdown: string): readonly RunbookStep[] {
  const steps: RunbookStep[] = []
  let open:
    | { readonly fence: string; readonly indent: number; readonly shell: boolean; readonly line: number }
    | undefined
  let commands: string[] = []
  for (const [index, text] of markdown.split('\n').entries()) {
    const [, indent = '', fence, language = ''] = FENCE.exec(text) ?? []
    if (open === undefined) {
      if (fence === undefined) continue
      open = { fence, indent: indent.length, shell: SHELL.includes(language), line: index + 2 }
      commands = []
    } else if (fence?.startsWith(open.fence) && language === '') {
      if (open.shell) steps.push({ line: open.line, commands: commands.join('\n') })
      open = undefined
    } else commands.push(unindented(text, open.indent))
  }
  return steps
}

/** Without as much of its indentation as the fence has: a heredoc must end at the beginning of a line. */
function unindented(text: string, indent: number): string {
  return text.replace(new RegExp(`^\\s{0,${indent}}`), '')
}
