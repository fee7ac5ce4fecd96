import type { ControlScenario, ScenarioJudgement } from '../proof/judgement.ts'
import { guardRows, scenarioRows, windowRows } from './rows.ts'
import { numbers, small, type Table, word } from './table.ts'

type Scenarios = readonly ScenarioJudgement[]

/** One row a scenario and subject, with what it says of this control. */
export function scenariosTable(
  scenarios: Scenarios,
  judged: readonly ControlScenario[],
  nounOf: (kind: string) => string,
): Table {
  const own = scenarios.map((scenario, index) => {
    const { verdict, reason } = judged[index] ?? scenario
    return { ...scenario, verdict, reason }
  })
  return {
    title: 'Scenarios',
    columns: ['Scenario', word('Subject'), 'Kind', ...numbers('Runs', 'Entries'), 'Verdict'],
    rows: scenarioRows(own, nounOf).map((row) => [
      { text: row.title, note: row.reason },
      row.subject,
      row.of,
      row.runs,
      row.entered,
      { verdict: row.verdict, note: row.times < row.runs ? `in ${row.times} of ${row.runs}` : '' },
    ]),
  }
}

export function windowsTable(scenarios: Scenarios): Table {
  return {
    title: 'Windows: the moments in which it was hurt',
    columns: [
      'Window',
      'The moment',
      word('Entered'),
      'Grade',
      small('How entry was proved'),
      word('Subjects'),
    ],
    rows: windowRows(scenarios).map((row) => [
      row.id,
      row.title,
      { met: row.entered === row.trials && row.trials > 0, text: `${row.entered} of ${row.trials}` },
      row.grade ?? '–',
      row.says ?? '–',
      { lines: row.subjects },
    ]),
    note: 'Grade A: log order or a backend that was held proves the entry. B: bytes dropped or a connection ended.',
  }
}

/** What good practice would have, where it was not promised. */
export function adviceTable(scenarios: Scenarios, predicates: readonly string[]): Table {
  return {
    title: 'Advice: good practice that nobody promised',
    columns: ['Scenario', word('Subject'), 'Name', 'Seen', 'Events'],
    rows: scenarios.flatMap(({ title, subject, findings }) =>
      findings
        .filter(({ predicate }) => predicates.includes(predicate))
        .flatMap((finding) => (finding.kind === 'held' ? (finding.advice ?? []) : []))
        .map(({ name, says, events }) => [title, subject, { code: name }, says, events.join(', ')]),
    ),
    note: 'No verdict: it is held against nobody. Declare it in the config, and it is.',
  }
}

export function guardsTable(scenarios: Scenarios): Table {
  return {
    title: 'Guards: why a green result means something',
    columns: ['Guard', word('Met'), small('If not'), small('Evidence')],
    rows: guardRows(scenarios).map((row) => [
      row.title,
      { met: row.met === row.of, text: `${row.met} of ${row.of}` },
      row.otherwise,
      row.evidence,
    ]),
  }
}
