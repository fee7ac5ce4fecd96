@D4
Feature: A schema changes without breaking who reads its events

  Rule: a compatibility level is chosen, and what it promises to readers is kept

    @control
    Scenario: each rule of evolution is broken once, on a copy of the subject
      Given the schemas under test are registered
      Then its subject has a compatibility level of its own
      And the registry refuses a change that breaks who reads its events
      And each of its versions fits those before it

  Rule: a consumer understands all versions in which its events are written

    @event-versions @control
    Scenario: old and new producers write to one topic
      Given the consumer under test is handling events
      When producers of other versions write beside the newest
      Then events of all versions take effect as what they say
