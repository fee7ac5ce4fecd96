import type { AntiPatternWords } from '../proof/anti-pattern.ts'

const TABLE = /(<!-- anti-patterns -->\n)[\s\S]*?(?=<!-- end of anti-patterns -->)/

/** The page of the docs with its table as the anti-patterns themselves say it. */
export function withAntiPatterns(page: string, patterns: readonly AntiPatternWords[]): string {
  const rows = patterns.map(({ id, definition, harm, remedy, threshold }) => {
    const cells = [`\`${id}\``, definition, `${threshold.value} ${threshold.of}`, harm, remedy]
    return `| ${cells.join(' | ')} |\n`
  })
  const head = '| id | it is found where | from | what it costs | what to do |\n|--|--|--|--|--|\n'
  return page.replace(TABLE, (_, start: string) => `${start}${head}${rows.join('')}`)
}
