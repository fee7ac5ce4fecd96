/** A word of a formula. */
export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end'
  readonly text: string
}

/** What is wrong with a formula. */
export class FormulaFault extends Error {}

const NUMBER =
  /^(0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(\d[\d_]*)?\.?\d[\d_]*([eE][-+]?[\d_]+)?|\d[\d_]*\.(?!\.)([eE][-+]?[\d_]+)?)/
const TEXT = /^("(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])*'|`[^`]*`)/
const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*/u
const SIGN = /^(\*\*|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\.\.|::|[-+*/%^<>!?:.,;#|()[\]{}=&])/
const SPACE = /^(\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/

/** The words of a formula in the language of expr-lang. @throws {FormulaFault} at a letter that it does not have */
export function tokensOf(formula: string): Token[] {
  const tokens: Token[] = []
  let rest = formula
  while (rest !== '') {
    const [space] = SPACE.exec(rest) ?? []
    if (space !== undefined) {
      rest = rest.slice(space.length)
      continue
    }
    const token = first(rest)
    if (token === undefined) throw new FormulaFault(`"${rest[0]}" means nothing in a formula`)
    tokens.push(token)
    rest = rest.slice(token.text.length)
    if (token.kind === 'number' && NAME.test(rest))
      throw new FormulaFault(`"${token.text}${rest[0]}" is no number`)
  }
  return [...tokens, { kind: 'end', text: '' }]
}

function first(rest: string): Token | undefined {
  for (const [kind, pattern] of [
    ['number', NUMBER],
    ['text', TEXT],
    ['name', NAME],
    ['sign', SIGN],
  ] as const) {
    const [text] = pattern.exec(rest) ?? []
    if (text !== undefined && text !== '') return { kind, text }
  }
  return undefined
}
