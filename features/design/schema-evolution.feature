@D4
Feature: A schema changes without breaking who reads its events

  Rule: a compatibility level is chosen, and what it promises to readers is kept

    @control
    Scenario: each rule of evolution is broken once, on a copy of the subject
      Given the schemas under test are registered
      Then its subject has a compatibility level of its own
      And the registry refuses a change that breaks who reads its events
      And each of its versions fits those before it
