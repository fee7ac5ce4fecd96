import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { testRequest, WrongRequest } from './request.ts'

const tests = ['core/cache.test.ts', 'core/until.test.ts', 'core/wire/frame.test.ts', 'test/cli.test.ts']

describe('what npm test is asked for', () => {
  const table: readonly (readonly [args: string[], files: string[], only?: string])[] = [
    [[], tests],
    [['core/until.test.ts'], ['core/until.test.ts']],
    [['./core/until.test.ts'], ['core/until.test.ts']],
    [['core'], tests.slice(0, 3)],
    [
      ['core/wire/', 'core/cache.test.ts'],
      ['core/wire/frame.test.ts', 'core/cache.test.ts'],
    ],
    [['core', 'core/until.test.ts'], tests.slice(0, 3)],
    [['--only', 'gives up'], tests, 'gives up'],
    [['test', '--only=^says'], ['test/cli.test.ts'], '^says'],
  ]
  for (const [args, files, only] of table) {
    it(`is, by “${args.join(' ')}”, ${files.length} files${only === undefined ? '' : ' in part'}`, () => {
      assert.deepEqual(testRequest(args, tests), { files, only, everything: args.length === 0 })
    })
  }

  for (const [args, says] of [
    [['core/untill.test.ts'], /called core\/untill\.test\.ts: did you mean core\/until\.test\.ts\?/],
    [['cor'], /called cor\n/],
    [['--onyl', 'x'], /--onyl/],
    [['--only'], /--only/],
    [['--only', '('], /regular expression/],
  ] as const) {
    it(`is refused, with how to ask, by “${args.join(' ')}”`, () => {
      assert.throws(
        () => testRequest(args, tests),
        (error) => {
          assert.ok(error instanceof WrongRequest)
          assert.match(error.message, says)
          assert.match(error.message, /usage: npm test --/)
          return true
        },
      )
    })
  }
})
