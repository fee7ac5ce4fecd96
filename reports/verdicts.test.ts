import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RunRecord, ScenarioJudgement } from '../proof/judgement.ts'
import type { ConsumerFigures } from '../scenarios/consuming/view/consumer-figures.ts'
import { owns } from './attribution.ts'
import { boundInWords, boundOf } from './bound.ts'
import { CONTROLS } from './controls.ts'
import { consumerFigures } from './fixture/consumer-run.ts'
import { goodScenarios } from './fixture/run-directory.ts'
import { guard, heldScenario, publisherFigures, runRecord, violatedScenario } from './fixture/scenario.ts'
import { KINDS, PREDICATES } from './fixture/words.ts'
import { controlsOf } from './verdicts.ts'

function judge(scenarios: readonly ScenarioJudgement[], record: Partial<RunRecord> = {}) {
  const verdicts = controlsOf(scenarios, runRecord(record), KINDS)
  const control = (id: string) => {
    const found = verdicts.controls.find((each) => each.id === id)
    assert.ok(found, id)
    return found
  }
  return { verdicts, control }
}

describe('the controls', () => {
  test('are the 18 of the checklist, 5 + 4 + 5 + 4', () => {
    assert.equal(
      CONTROLS.map((control) => control.id).join(' '),
      'D1 D2 D3 D4 D5 P1 P2 P3 P4 C1 C2 C3 C4 C5 O1 O2 O3 O4',
    )
    assert.equal(new Set(CONTROLS.map((control) => control.ko)).size, 18)
  })
})

describe('a control', () => {
  test('that all of its scenarios hold for both publishers is HELD, with its trials and their bound', () => {
    const { verdicts, control } = judge(goodScenarios())
    assert.equal(verdicts.verdict, 'HELD')
    assert.equal(control('P1').verdict, 'HELD')
    assert.equal(control('P1').trials, 36)
    assert.equal(control('P1').bound, boundOf(36))
    assert.deepEqual(control('P1').scenarios[0]?.windows, [{ id: 'W1', entered: 3, trials: 3 }])
  })

  test('takes the worst of its scenarios, every repetition counted', () => {
    const repeated = [...goodScenarios(), violatedScenario('lost-event'), ...goodScenarios()]
    assert.equal(judge(repeated).control('P1').verdict, 'VIOLATED')
    assert.match(judge(repeated).control('P1').reason, /^lost-event: /)
    assert.equal(judge(repeated).control('P1').bound, null)
    const vacuous = heldScenario({ verdict: 'VACUOUS', reason: 'the fault did not take effect' })
    assert.equal(judge([...goodScenarios(), vacuous]).control('P1').reason, 'the fault did not take effect')
  })

  test('takes no part of a scenario that does not apply', () => {
    const out = { verdict: 'NOT-APPLICABLE', reason: 'one instance at most may run' } as const
    const { verdicts, control } = judge([...goodScenarios(), heldScenario(out)])
    assert.deepEqual([verdicts.verdict, control('P1').verdict], ['HELD', 'HELD'])
    const alone = judge([heldScenario(out)], { selection: ['P1'] })
    assert.equal(alone.verdicts.verdict, 'NOT-PROVEN')
    assert.match(alone.control('P1').reason, /no scenario of it applies: one instance at most may run/)
    assert.equal(judge([heldScenario(out)]).verdicts.verdict, 'INCONCLUSIVE')
  })

  test('is not in doubt of what another control’s predicates found nothing of', () => {
    const doubted = (id: string, about?: readonly string[]) => {
      const unmet = {
        ...guard('asserted', 'what is claimed was judged', 'RD3 found nothing to judge'),
        met: false,
      }
      const guards = [{ ...unmet, ...(about === undefined ? {} : { about }) }]
      const reason = 'not met: what is claimed was judged: RD3 found nothing to judge'
      const scenario = heldScenario({
        kind: 'consuming',
        figures: consumerFigures(),
        controls: ['C1', 'C2'],
        verdict: 'VACUOUS',
        reason,
        guards,
      })
      return judge([scenario]).control(id).verdict
    }
    assert.deepEqual([doubted('C1', ['RD3']), doubted('C2', ['RD3'])], ['HELD', 'VACUOUS'])
    assert.deepEqual([doubted('C1', ['RD3', 'IC1']), doubted('C1')], ['VACUOUS', 'VACUOUS'])
  })

  test('that nothing judged is NOT-PROVEN with the reason', () => {
    const lacking = [{ scenario: 'scale-from-zero', controls: ['P4'], capability: 'kubernetes' }]
    const { control } = judge([heldScenario()], { notProven: lacking })
    assert.match(control('P3').reason, /no scenario of it was selected/)
    assert.match(control('P4').reason, /lacks kubernetes/)
    const left = [{ scenario: 'of-P1', controls: ['P1'], capability: 'subject', because: 'a service died' }]
    const { verdict, reason } = judge([heldScenario()], { notProven: left }).control('P1')
    assert.match(`${verdict} ${reason}`, /^NOT-PROVEN 1 scenario of it did not begin: a service died/)
  })

  test('that is judged by name is VACUOUS where its predicates found nothing to judge, and says what they need', () => {
    const found = (judged: number) =>
      heldScenario({
        controls: ['P1', 'D5'],
        findings: [
          { kind: 'held', predicate: 'OA1', judged: 7 },
          { kind: 'held', predicate: 'TP2', judged },
        ],
      })
    assert.equal(judge([found(7)]).control('D5').verdict, 'HELD')
    assert.equal(judge([found(0)]).control('D5').verdict, 'VACUOUS')
    assert.match(judge([found(0)]).control('D5').reason, /CloudEvents with a source/)
    assert.equal(judge([found(0)]).control('P1').verdict, 'HELD')
  })

  test('does not answer for what could not be told of another one that is judged by name', () => {
    const unread = { kind: 'unknown', predicate: 'CE1', reason: 'a format that is not read here' } as const
    const scenario = heldScenario({
      controls: ['P1', 'D2'],
      verdict: 'INCONCLUSIVE',
      reason: `CE1: ${unread.reason}`,
      findings: [{ kind: 'held', predicate: 'OA1', judged: 7 }, unread],
    })
    assert.equal(judge([scenario]).control('D2').verdict, 'INCONCLUSIVE')
    assert.equal(judge([scenario]).control('P1').verdict, 'HELD')
    const without = { ...scenario, guards: scenario.guards.map((each) => ({ ...each, met: false })) }
    assert.equal(judge([without]).control('P1').verdict, 'VACUOUS')
  })

  test('is not HELD for a publisher that no scenario of it covered', () => {
    const [polling] = goodScenarios()
    assert.ok(polling)
    const other = heldScenario({ subject: 'payments', controls: ['P2'] })
    const { control, verdicts } = judge([polling, other])
    assert.equal(control('P1').verdict, 'NOT-PROVEN')
    assert.match(control('P1').reason, /payments/)
    assert.equal(control('P2').verdict, 'HELD')
    assert.equal(verdicts.verdict, 'HELD')
  })

  test('is not HELD where one of its scenarios could not run', () => {
    const lacking = [{ scenario: 'W10', controls: ['P1'], capability: 'connect' }]
    assert.equal(judge(goodScenarios(), { notProven: lacking }).control('P1').verdict, 'NOT-PROVEN')
  })

  test('is judged by its own violations only', () => {
    const all = { controls: ['P1', 'P2', 'P3', 'P4'] }
    const acks = judge([violatedScenario('acks-not-all', {}, all)])
    assert.equal(acks.control('P3').verdict, 'VIOLATED')
    assert.equal(acks.control('P1').verdict, 'HELD')
    assert.equal(acks.verdicts.verdict, 'VIOLATED')
    const lost = judge([violatedScenario('lost-event', {}, all)])
    assert.equal(lost.control('P1').verdict, 'VIOLATED')
    assert.equal(lost.control('P2').verdict, 'HELD')
    assert.equal(judge([violatedScenario('reused-id')]).control('P2').verdict, 'VIOLATED')
    assert.equal(judge([violatedScenario('phantom-event')]).control('P2').verdict, 'INCONCLUSIVE')
    assert.equal(lost.control('P3').verdict, 'HELD')
    assert.ok(owns('C3', { name: 'idle-workers', predicate: 'CG3' }, PREDICATES))
    assert.ok(!owns('C4', { name: 'idle-workers', predicate: 'CG3' }, PREDICATES))
    assert.equal(lost.control('P4').verdict, 'HELD')
  })

  test('does not hold through a scenario that failed another control and left a guard unmet', () => {
    const unmet = {
      controls: ['P1', 'P3'],
      guards: [guard('G1', 'took-effect', 'nothing took effect', false)],
    }
    assert.equal(judge([violatedScenario('acks-not-all', {}, unmet)]).control('P1').verdict, 'VACUOUS')
  })

  test('that is measured needs something to have been measured', () => {
    const nothing = { ...publisherFigures(), clients: [], records: 0 }
    const { control } = judge([heldScenario({ controls: ['P3', 'P4'], figures: nothing })])
    assert.equal(control('P3').verdict, 'VACUOUS')
    assert.equal(control('P4').verdict, 'VACUOUS')
    assert.match(control('P3').reason, /no request of a producer/)
    assert.match(control('P4').reason, /no record/)
  })

  test('that asks how a group shares partitions needs a client that said so', () => {
    const rolling = (clients: ConsumerFigures['clients']) => {
      const figures = { ...consumerFigures(), clients }
      return judge([heldScenario({ kind: 'consuming', controls: ['C3', 'C4'], figures })])
    }
    const producing = { clientId: 'p', software: null, api: 'produce', settings: { acks: -1 } }
    for (const clients of [[], [producing]]) {
      const { control } = rolling(clients)
      assert.equal(control('C4').verdict, 'VACUOUS')
      assert.match(control('C4').reason, /no client was seen that told/)
      assert.equal(control('C3').verdict, 'HELD')
    }
    const joining = { ...producing, api: 'join-group', settings: { 'group.protocol': 'consumer' } }
    assert.equal(rolling([producing, joining]).control('C4').verdict, 'HELD')
  })

  test('that asks for producers’ settings asks those consumers that produce, and each of them', () => {
    const consumer = (
      subject: string,
      controls: readonly string[],
      producers: ConsumerFigures['producers'],
    ) =>
      heldScenario({
        kind: 'consuming',
        ...{ subject, controls, id: `${subject}-${controls}` },
        figures: consumerFigures({ producers }),
      })
    const producing = [{ clientId: 'p', acks: -1, idempotent: true }]
    const of = (...scenarios: ReturnType<typeof consumer>[]) => judge(scenarios).control('P3')
    assert.equal(of(consumer('a', ['P3'], [])).verdict, 'VACUOUS')
    assert.equal(of(consumer('a', ['P3'], producing), consumer('b', ['C1'], [])).verdict, 'HELD')
    assert.match(
      of(consumer('a', ['P3'], producing), consumer('b', ['C1'], producing)).reason,
      /no scenario judged it for b/,
    )
  })

  test('gives its own reason, never the violation of another control', () => {
    const unmet = { guards: [guard('G1', 'Every fault took effect', 'nothing took effect', false)] }
    const lost = judge([violatedScenario('lost-event', {}, unmet)])
    assert.match(lost.control('P1').reason, /^lost-event/)
    assert.equal(lost.control('P2').verdict, 'VACUOUS')
    assert.equal(lost.control('P2').reason, 'not met: Every fault took effect: nothing took effect')
    assert.deepEqual(
      lost.control('P2').scenarios.map(({ reason }) => reason),
      ['not met: Every fault took effect: nothing took effect'],
    )
    const phantom = judge([violatedScenario('phantom-event')]).control('P2')
    assert.match(phantom.reason, /another id can't be told/)
    const blind = { kind: 'unknown', predicate: 'OA6', reason: 'the log has a gap' } as const
    const gap = judge([violatedScenario('lost-event', {}, { findings: [blind] })]).control('P2')
    assert.equal(gap.reason, 'OA6: the log has a gap')
    const held = judge([violatedScenario('lost-event')]).control('P2').scenarios[0]
    assert.deepEqual([held?.verdict, held?.reason], ['HELD', ''])
  })

  test('is violated by what was found in a scenario about something else', () => {
    const { control } = judge([violatedScenario('acks-not-all', {}, { controls: ['P1'] })])
    assert.equal(control('P3').verdict, 'VIOLATED')
    assert.equal(control('P1').verdict, 'HELD')
  })

  test('of redrives is asked of those that redrive, and broken by a second effect there', () => {
    const redrives = heldScenario({ kind: 'consuming', subject: 'payment', controls: ['O3', 'C2'] })
    const other = heldScenario({ kind: 'consuming', subject: 'fulfillment', controls: ['C1'] })
    assert.equal(judge([redrives, other]).control('O3').verdict, 'HELD')
    const twice = (controls: string[]) => {
      const changes = { kind: 'consuming', subject: 'payment', controls } as const
      const violated = violatedScenario('duplicate-effect', {}, changes)
      return judge([
        redrives,
        { ...violated, violations: violated.violations.map((each) => ({ ...each, predicate: 'IC1' })) },
      ])
    }
    assert.equal(twice(['O3', 'C2']).control('O3').verdict, 'VIOLATED')
    assert.equal(twice(['C1']).control('O3').verdict, 'HELD')
  })

  test('owns, as P1, what no other control owns', () => {
    const { control } = judge([violatedScenario('something-new', {}, { controls: ['P3'] })])
    assert.equal(control('P1').verdict, 'VIOLATED')
  })
})

describe('the total', () => {
  test('of nothing is INCONCLUSIVE', () => {
    assert.equal(judge([]).verdicts.verdict, 'INCONCLUSIVE')
    const lacking = [{ scenario: 'W10', controls: ['P1'], capability: 'connect' }]
    assert.equal(judge([], { notProven: lacking }).verdicts.verdict, 'INCONCLUSIVE')
    const asked = { notProven: lacking, selection: ['P1'] }
    assert.equal(judge([], asked).verdicts.verdict, 'NOT-PROVEN')
    assert.equal(judge([], { ...asked, interrupted: true }).verdicts.verdict, 'INCONCLUSIVE')
    assert.equal(judge([], { selection: ['D2'] }).verdicts.verdict, 'INCONCLUSIVE')
  })

  test('of scenarios that belong to no control is INCONCLUSIVE', () => {
    assert.equal(judge([heldScenario({ controls: [] })]).verdicts.verdict, 'INCONCLUSIVE')
  })

  test('counts a NOT-PROVEN control only where it was asked for by name', () => {
    assert.equal(judge(goodScenarios(), { selection: ['features/publish'] }).verdicts.verdict, 'HELD')
    assert.equal(judge(goodScenarios(), { selection: ['@P1', 'd2'] }).verdicts.verdict, 'NOT-PROVEN')
  })

  test('sees a violation in a scenario without a control', () => {
    const stray = violatedScenario('lost-event', {}, { controls: [] })
    assert.equal(judge([...goodScenarios(), stray]).verdicts.verdict, 'VIOLATED')
  })

  test('of an interrupted run is INCONCLUSIVE, and a violation stays a violation', () => {
    const cut = judge(goodScenarios(), { interrupted: true })
    assert.equal(cut.verdicts.verdict, 'INCONCLUSIVE')
    assert.equal(cut.verdicts.interrupted, true)
    assert.equal(cut.control('P1').verdict, 'INCONCLUSIVE')
    assert.equal(judge([violatedScenario('lost-event')], { interrupted: true }).verdicts.verdict, 'VIOLATED')
  })
})

describe('the bound', () => {
  test('is 1 − 0.05^(1/n), never flattering', () => {
    assert.equal(boundOf(0), null)
    assert.match(boundInWords(boundOf(59)), /^< 5 % per trial under this schedule at 95 %$/)
    assert.match(boundInWords(boundOf(299)), /^< 1 % /)
    assert.match(boundInWords(boundOf(1)), /^< 95 % /)
  })
})
