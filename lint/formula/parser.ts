import { called, combined, FUNCTIONS, isNumber, type Kind, PREDICATES, said } from './kind.ts'
import { FormulaFault, type Token } from './token.ts'

/** How tight a sign binds (operator.go of expr). */
const STRENGTH: Readonly<Record<string, number>> = {
  ...{
    '|': 0,
    or: 10,
    '||': 10,
    and: 15,
    '&&': 15,
    '==': 20,
    '!=': 20,
    '<': 20,
    '>': 20,
    '>=': 20,
    '<=': 20,
  },
  ...{ in: 20, matches: 20, contains: 20, startsWith: 20, endsWith: 20, '..': 25, '+': 30, '-': 30 },
  ...{ '*': 60, '/': 60, '%': 60, '**': 100, '^': 100, '??': 500 },
}
const COMPARES = ['<', '>', '<=', '>=']
const WORDS = ['in', 'or', 'and', 'matches', 'contains', 'startsWith', 'endsWith', 'let', 'not', 'if', 'else']

/** Reads a formula from left to right, and tells of each part what it comes to. Made for one formula. */
export class FormulaParser {
  readonly #tokens: readonly Token[]
  readonly #names: Map<string, Kind>
  #at = 0
  /** How many predicates it is inside of: there `#` is the element. */
  #depth = 0

  constructor(tokens: readonly Token[], names: ReadonlyMap<string, Kind>) {
    this.#tokens = tokens
    this.#names = new Map(names)
  }

  /** @throws {FormulaFault} */
  whole(): Kind {
    const kind = this.#sequence()
    if (this.#token.kind !== 'end') throw this.#unexpected()
    return kind
  }

  get #token(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' }
  }

  #unexpected(): FormulaFault {
    return new FormulaFault(
      this.#token.kind === 'end' ? 'it ends too early' : `unexpected ${this.#token.text}`,
    )
  }

  #is(text: string): boolean {
    return this.#token.kind !== 'text' && this.#token.text === text
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false
    this.#at++
    return true
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw this.#unexpected()
  }

  #sequence(): Kind {
    let kind = this.#expression(0)
    while (this.#take(';') && this.#token.kind !== 'end') kind = this.#expression(0)
    return kind
  }

  #expression(least: number): Kind {
    if (least === 0 && this.#take('let')) return this.#variable()
    if (least === 0 && this.#take('if')) return this.#if()
    let left = this.#primary()
    let previous = ''
    for (;;) {
      const negated =
        this.#is('not') &&
        ['in', 'matches', 'contains', 'startsWith', 'endsWith'].includes(
          this.#tokens[this.#at + 1]?.text ?? '',
        )
      const sign = negated ? (this.#tokens[this.#at + 1]?.text ?? '') : this.#token.text
      const strength = this.#token.kind === 'text' ? undefined : STRENGTH[sign]
      if (strength === undefined || strength < least) break
      if (previous === '??' && sign !== '??' && sign !== '|')
        throw new FormulaFault(`${sign} beside ?? without parentheses`)
      this.#at += negated ? 2 : 1
      if (sign === '|') left = this.#piped(left)
      else if (COMPARES.includes(sign)) left = this.#comparison(left, sign)
      else
        left = combined(sign, left, this.#expression(sign === '**' || sign === '^' ? strength : strength + 1))
      previous = sign
    }
    return least === 0 ? this.#conditional(left) : left
  }

  /** `1 < a < 3` compares twice. */
  #comparison(left: Kind, sign: string): Kind {
    const right = this.#expression(21)
    const kind = combined(sign, left, right)
    const next = this.#token.text
    if (!COMPARES.includes(next) || this.#token.kind === 'text') return kind
    this.#at++
    return this.#comparison(right, next)
  }

  #conditional(condition: Kind): Kind {
    let kind = condition
    while (this.#take('?')) {
      expectTruth(kind)
      const one = this.#is(':') ? kind : this.#expression(0)
      this.#expect(':')
      kind = either(one, this.#expression(0))
    }
    return kind
  }

  #if(): Kind {
    expectTruth(this.#expression(0))
    const one = this.#block()
    this.#expect('else')
    return either(one, this.#take('if') ? this.#if() : this.#block())
  }

  #block(): Kind {
    this.#expect('{')
    const kind = this.#sequence()
    this.#expect('}')
    return kind
  }

  #variable(): Kind {
    const { kind, text } = this.#token
    if (kind !== 'name') throw this.#unexpected()
    this.#at++
    this.#expect('=')
    const value = this.#expression(0)
    if (this.#names.has(text)) throw new FormulaFault(`${text} is there already`)
    if (FUNCTIONS.has(text)) throw new FormulaFault(`${text} is a function`)
    this.#expect(';')
    this.#names.set(text, value)
    const result = this.#sequence()
    this.#names.delete(text)
    return result
  }

  #primary(): Kind {
    for (const sign of ['-', '+', '!', 'not']) {
      if (!this.#take(sign)) continue
      const truth = sign === '!' || sign === 'not'
      const kind = this.#expression(truth ? 50 : 90)
      if (kind !== 'unknown' && (truth ? kind !== 'truth' : !isNumber(kind)))
        throw new FormulaFault(`${sign} before ${said(kind)}`)
      return this.#postfix(truth ? 'truth' : kind)
    }
    if (this.#take('(')) {
      const kind = this.#sequence()
      this.#expect(')')
      return this.#postfix(kind)
    }
    if (this.#depth > 0 && (this.#is('#') || this.#is('.'))) {
      if (this.#take('#') && this.#token.kind === 'name') this.#at++
      return this.#postfix('unknown')
    }
    this.#take('::')
    return this.#secondary()
  }

  #secondary(): Kind {
    const { kind, text } = this.#token
    if (kind === 'end' || (kind === 'name' && WORDS.includes(text))) throw this.#unexpected()
    this.#at++
    if (kind === 'number') return /[.]|^\d[\d_]*[eE]/.test(text) ? 'decimal' : 'whole'
    if (kind === 'text') return this.#postfix('text')
    if (text === 'true' || text === 'false') return 'truth'
    if (text === 'nil') return 'nothing'
    if (text === '[') {
      this.#list(']', () => this.#expression(0))
      return this.#postfix('list')
    }
    if (text === '{') {
      this.#list('}', () => this.#pair())
      return this.#postfix('map')
    }
    if (kind !== 'name') {
      this.#at--
      throw this.#unexpected()
    }
    return this.#postfix(this.#is('(') ? this.#call(text, []) : this.#name(text))
  }

  #name(name: string): Kind {
    const kind = this.#names.get(name)
    if (kind !== undefined) return kind
    if (name === '$env') return 'unknown'
    if (FUNCTIONS.has(name)) return 'function'
    throw new FormulaFault(`${name} is the name of no trigger`)
  }

  #piped(left: Kind): Kind {
    const { kind, text } = this.#token
    if (kind !== 'name') throw this.#unexpected()
    this.#at++
    return this.#postfix(this.#call(text, [left]))
  }

  #call(name: string, before: readonly Kind[]): Kind {
    const predicate = PREDICATES.has(name)
    this.#expect('(')
    const kinds = [
      ...before,
      ...this.#list(')', (index) => this.#argument(predicate && index + before.length > 0)),
    ]
    if (this.#names.has(name)) throw new FormulaFault(`${name} is no function`)
    if (!FUNCTIONS.has(name)) throw new FormulaFault(`${name} is the name of no function`)
    return called(name, kinds)
  }

  #argument(predicate: boolean): Kind {
    if (!predicate) return this.#expression(0)
    this.#depth++
    const kind = this.#is('{') ? this.#block() : this.#expression(0)
    this.#depth--
    return kind
  }

  #pair(): Kind {
    if (this.#take('(')) {
      this.#expression(0)
      this.#expect(')')
    } else this.#at++
    this.#expect(':')
    return this.#expression(0)
  }

  #list(end: string, element: (index: number) => Kind): Kind[] {
    const kinds: Kind[] = []
    while (!this.#take(end)) {
      if (kinds.length > 0) {
        this.#expect(',')
        if (this.#take(end)) break
      }
      kinds.push(element(kinds.length))
    }
    return kinds
  }

  #postfix(kind: Kind): Kind {
    let result = kind
    for (;;) {
      if (this.#is('.') || this.#is('?.')) {
        this.#at++
        if (this.#is('[')) continue
        const { text, kind: token } = this.#token
        if (token !== 'name') throw this.#unexpected()
        this.#at++
        if (!['unknown', 'map'].includes(result)) throw new FormulaFault(`.${text} of ${said(result)}`)
        if (this.#take('(')) this.#list(')', () => this.#expression(0))
        result = 'unknown'
      } else if (this.#take('[')) {
        if (!['unknown', 'map', 'list', 'text'].includes(result))
          throw new FormulaFault(`[…] of ${said(result)}`)
        if (!this.#is(':')) this.#expression(0)
        if (this.#take(':') && !this.#is(']')) this.#expression(0)
        this.#expect(']')
        result = 'unknown'
      } else return result
    }
  }
}

function expectTruth(kind: Kind): void {
  if (kind !== 'truth' && kind !== 'unknown') throw new FormulaFault(`${said(kind)} as a condition`)
}

function either(one: Kind, other: Kind): Kind {
  if (one === 'nothing') return other
  return other === 'nothing' || one === other ? one : 'unknown'
}
