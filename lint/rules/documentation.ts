import { KEDA_VERSION } from '../keda/scaler.ts'
import { RULE_TEXTS } from './texts.ts'

const BEGIN = '<!-- rules: made by `npm run docs` -->'
const END = '<!-- end of the rules -->'

/** docs/lint.md with the rules as they are now. @throws {TypeError} where it has no place for them */
export function withRules(markdown: string): string {
  const from = markdown.indexOf(BEGIN)
  const to = markdown.indexOf(END)
  if (from < 0 || to < from) throw new TypeError(`docs/lint.md has no ${BEGIN} … ${END}`)
  return `${markdown.slice(0, from + BEGIN.length)}\n\n${rulesAsMarkdown()}\n${markdown.slice(to)}`
}

function rulesAsMarkdown(): string {
  const overview = RULE_TEXTS.map(({ name, text }) =>
    row(`[\`${name}\`](#${name})`, text.finds, text.failure ?? ''),
  )
  const details = RULE_TEXTS.map(({ name, text }) =>
    [
      `### ${name}`,
      '',
      `Finds ${text.finds}.`,
      '',
      `- KEDA ${KEDA_VERSION}: ${text.keda}.`,
      `- Source: ${text.source}.`,
      `- Write: ${text.write}.`,
      '',
    ].join('\n'),
  )
  return ['| rule | finds | failure |', '|--|--|--|', ...overview, '', ...details].join('\n')
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
