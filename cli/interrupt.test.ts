import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Interrupted, interruption } from './interrupt.ts'

describe('an interruption', () => {
  it('aborts on the first signal, with the exit code of that signal', () => {
    const seen: Interrupted[] = []
    using interrupted = interruption((reason) => seen.push(reason))
    assert.equal(interrupted.exitCode, undefined)
    process.emit('SIGTERM')
    assert.equal(interrupted.exitCode, 143)
    assert.ok(interrupted.signal.reason instanceof Interrupted)
    assert.deepEqual(seen, [interrupted.signal.reason])
  })

  it('takes one keystroke that arrives twice, through the terminal and through npm, for one', () => {
    let times = 0
    using interrupted = interruption(() => {
      times += 1
    })
    process.emit('SIGINT')
    process.emit('SIGINT')
    assert.equal(times, 1)
    assert.equal(interrupted.exitCode, 130)
  })

  it('leaves no listener behind', () => {
    const before = process.listenerCount('SIGINT')
    interruption(() => {})[Symbol.dispose]()
    assert.equal(process.listenerCount('SIGINT'), before)
  })
})
